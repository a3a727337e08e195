import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useEffect, useRef } from "react";
import { secondsOf, useNow } from "../parts/now.ts";
import { Moment } from "../parts/time.tsx";
import { JobLink, JobStatusCell } from "./job-rows.tsx";
import { queuedFor, ranFor } from "./job-times.ts";
import type { ListedJob } from "./use-job-pages.ts";

interface JobListProps {
  readonly jobs: readonly ListedJob[];
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (ids: ReadonlySet<string>) => void;
  readonly withOwner: boolean;
  /** Called when the end comes into view. */
  readonly onEnd: () => void;
}

const rowHeight = 44;
/** Of the head and the borders, with room for a scroll bar below. */
const headHeight = 54;
const rowsAhead = 12;

/** Jobs by the hundred thousand: only the rows in view are there. */
export function JobList({ jobs, chosen, onChoose, withOwner, onEnd }: JobListProps): ReactNode {
  const scroll = useRef<HTMLElement>(null);
  const now = useNow();
  const virtual = useVirtualizer({
    count: jobs.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    overscan: rowsAhead,
    getItemKey: (row) => jobs[row]!.job_id,
  });
  const rows = virtual.getVirtualItems();
  const last = rows.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= jobs.length - rowsAhead * 2) onEnd();
  }, [last, jobs.length, onEnd]);
  const choose = (id: string) => {
    const after = new Set(chosen);
    if (!after.delete(id)) after.add(id);
    onChoose(after);
  };
  const above = rows[0]?.start ?? 0;
  const below = virtual.getTotalSize() - (rows.at(-1)?.end ?? 0);
  return (
    <section
      className="job-list"
      ref={scroll}
      aria-label="Jobs, scrolls"
      style={{ height: headHeight + jobs.length * rowHeight }}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
      tabIndex={0}
    >
      <table aria-label="Jobs" aria-rowcount={jobs.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col" className="choose">
              <span className="unseen">Chosen</span>
            </th>
            <th scope="col" className="status">
              Status
            </th>
            <th scope="col">Name</th>
            {withOwner && <th scope="col">Owner</th>}
            <th scope="col" className="short">
              Platform
            </th>
            <th scope="col" className="short">
              Command
            </th>
            <th scope="col" className="short">
              Group
            </th>
            <th scope="col" className="numeric number">
              Queued for
            </th>
            <th scope="col" className="numeric number">
              Ran for
            </th>
            <th scope="col" className="created">
              Created
            </th>
          </tr>
        </thead>
        <tbody>
          <tr style={{ height: above }} />
          {rows.map(({ index, key }) => {
            const job = jobs[index]!;
            const { job_id, name, group_name } = job;
            return (
              <tr key={key} className={chosen.has(job_id) ? "chosen" : undefined} aria-rowindex={index + 2}>
                <td className="choose">
                  <input
                    type="checkbox"
                    checked={chosen.has(job_id)}
                    onChange={() => choose(job_id)}
                    aria-label={`Choose ${name}`}
                  />
                </td>
                <td>
                  <JobStatusCell job={job} />
                </td>
                <td>
                  <JobLink job={job} />
                </td>
                {withOwner && <td>{job.owner_email}</td>}
                <td>{job.platform_name}</td>
                <td>
                  <code>{job.command}</code>
                </td>
                <td>{group_name}</td>
                <td className="numeric">{queuedFor(job, now)}</td>
                <td className="numeric">{ranFor(job, now)}</td>
                <td>
                  <Moment seconds={secondsOf(job.created_at)} now={now} />
                </td>
              </tr>
            );
          })}
          <tr style={{ height: below }} />
        </tbody>
      </table>
    </section>
  );
}
