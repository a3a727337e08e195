import { isTerminal } from "@corbenic/sdk/endpoints";
import { useNavigate } from "@tanstack/react-router";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type MouseEvent, type ReactNode, useEffect, useRef } from "react";
import { secondsOf, useNow } from "../parts/now.ts";
import { idOfLink, JobRow } from "./job-row.tsx";
import type { ListedJob } from "./use-job-pages.ts";

interface JobListProps {
  readonly jobs: readonly ListedJob[];
  readonly chosen: ReadonlySet<string>;
  /** The same function for good: rows that stay in view are not drawn anew. */
  readonly onToggle: (id: string) => void;
  readonly withOwner: boolean;
  /** Called when the end comes into view. */
  readonly onEnd: () => void;
}

const rowHeight = 44;
/** Of the head and the borders, with room for a scroll bar below. */
const headHeight = 54;
const rowsAhead = 12;

/** Jobs by the hundred thousand: only the rows in view are there. */
export function JobList({ jobs, chosen, onToggle, withOwner, onEnd }: JobListProps): ReactNode {
  const scroll = useRef<HTMLElement>(null);
  const now = useNow();
  const navigate = useNavigate();
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
  const openJob = (event: MouseEvent) => {
    const id = idOfLink(event);
    if (id === undefined) return;
    event.preventDefault();
    void navigate({ to: "/jobs/$id", params: { id } });
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
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: pressing Enter on a link is a click */}
        <tbody onClick={openJob}>
          <tr style={{ height: above }} />
          {rows.map(({ index, key }) => {
            const job = jobs[index]!;
            return (
              <JobRow
                key={key}
                job={job}
                row={index + 2}
                isChosen={chosen.has(job.job_id)}
                withOwner={withOwner}
                now={momentFor(job, now)}
                onToggle={onToggle}
              />
            );
          })}
          <tr style={{ height: below }} />
        </tbody>
      </table>
    </section>
  );
}

const hourS = 3_600;

/** The present as a line needs it: what ended hours ago reads alike for a minute, and need not be drawn every second. */
function momentFor({ status, created_at }: ListedJob, now: number): number {
  return isTerminal(status) && now - secondsOf(created_at) > hourS ? now - (now % 60) : now;
}
