import { isTerminal } from "@corbenic/sdk/endpoints";
import { useNavigate } from "@tanstack/react-router";
import { type MouseEvent, type ReactNode, useRef } from "react";
import { secondsOf, useNow } from "../parts/now.ts";
import "./job-list.css";
import type { ListedJob } from "./job-pages.ts";
import { idOfLink, JobRow } from "./job-row.tsx";
import { NewerJobs } from "./newer-jobs.tsx";
import type { ListedJobs } from "./use-listed-jobs.ts";
import { rowHeight, rowsMax, useRowsInView } from "./use-rows-in-view.ts";

interface JobListProps {
  readonly jobs: ListedJobs;
  readonly chosen: ReadonlySet<string>;
  /** The same function for good: rows that stay in view are not drawn anew. */
  readonly onToggle: (id: string) => void;
  readonly withOwner: boolean;
}

/** Of the head and the borders, with room for a scroll bar below. */
const headHeight = 54;
const rowsAhead = 6;

/** Jobs by the hundred thousand: only the rows in view are there. */
export function JobList({ jobs, chosen, onToggle, withOwner }: JobListProps): ReactNode {
  const scroll = useRef<HTMLElement>(null);
  const now = useNow();
  const navigate = useNavigate();
  const view = useRowsInView(scroll, jobs.onView);
  const count = Math.min(jobs.count, rowsMax);
  const first = Math.max(0, Math.min(view.first, count - 1) - rowsAhead);
  const end = Math.min(count, view.last + 1 + rowsAhead);
  const openJob = (event: MouseEvent) => {
    const id = idOfLink(event);
    if (id === undefined) return;
    event.preventDefault();
    void navigate({ to: "/jobs/$id", params: { id } });
  };
  return (
    <div className="job-list-frame">
      <NewerJobs jobs={jobs} onShow={() => scroll.current?.scrollTo({ top: 0 })} />
      <section
        className="job-list"
        ref={scroll}
        aria-label="Jobs, scrolls"
        style={{ height: headHeight + count * rowHeight }}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
        tabIndex={0}
      >
        <table aria-label="Jobs" aria-rowcount={count + 1}>
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
            <tr style={{ height: first * rowHeight }} />
            {keyed(jobs, first, end).map(({ key, row, job }) =>
              job === undefined ? (
                <UnloadedRow key={key} row={row + 2} columns={withOwner ? 10 : 9} />
              ) : (
                <JobRow
                  key={key}
                  job={job}
                  row={row + 2}
                  isChosen={chosen.has(job.job_id)}
                  withOwner={withOwner}
                  now={momentFor(job, now)}
                  onToggle={onToggle}
                />
              ),
            )}
            <tr style={{ height: (count - end) * rowHeight }} />
          </tbody>
        </table>
      </section>
    </div>
  );
}

/** Where a job will stand as soon as it has come. */
function UnloadedRow({ row, columns }: { readonly row: number; readonly columns: number }): ReactNode {
  return (
    <tr aria-rowindex={row} className="unloaded">
      <td colSpan={columns}>
        <span className="unseen">Not here yet</span>
      </td>
    </tr>
  );
}

interface KeyedRow {
  readonly key: string;
  readonly row: number;
  readonly job: ListedJob | undefined;
}

/** The rows from the first until before the end. A row keeps its job, and with it the focus, when others come above. */
function keyed({ jobAt }: ListedJobs, first: number, end: number): KeyedRow[] {
  const seen = new Set<string>();
  return Array.from({ length: Math.max(0, end - first) }, (_, i) => {
    const row = first + i;
    const job = jobAt(row);
    // Pages that were read at different moments may both have a job that moved meanwhile.
    if (job === undefined || seen.has(job.job_id)) return { key: `row ${row}`, row, job };
    seen.add(job.job_id);
    return { key: job.job_id, row, job };
  });
}

const hourS = 3_600;

/** The present as a line needs it: what ended hours ago reads alike for a minute, and need not be drawn every second. */
function momentFor({ status, created_at }: ListedJob, now: number): number {
  return isTerminal(status) && now - secondsOf(created_at) > hourS ? now - (now % 60) : now;
}
