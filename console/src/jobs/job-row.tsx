import { type MouseEvent, memo, type ReactNode } from "react";
import { secondsOf } from "../parts/now.ts";
import { Moment } from "../parts/time.tsx";
import type { ListedJob } from "./job-pages.ts";
import { JobStatusCell } from "./job-rows.tsx";
import { queuedFor, ranFor } from "./job-times.ts";

interface JobRowProps {
  readonly job: ListedJob;
  /** Its number in the table, of which the head is the first. */
  readonly row: number;
  readonly isChosen: boolean;
  readonly withOwner: boolean;
  readonly now: number;
  readonly onToggle: (id: string) => void;
}

/**
 * A line of the long list. Scrolling makes dozens of these a frame: its link is a plain one, which the list itself
 * follows, since the router's own links each follow the whole address.
 */
export const JobRow = memo(({ job, row, isChosen, withOwner, now, onToggle }: JobRowProps): ReactNode => {
  const { job_id, name, group_name } = job;
  return (
    <tr className={isChosen ? "chosen" : undefined} aria-rowindex={row}>
      <td className="choose">
        <input
          type="checkbox"
          checked={isChosen}
          onChange={() => onToggle(job_id)}
          aria-label={`Choose ${name}`}
        />
      </td>
      <td>
        <JobStatusCell job={job} />
      </td>
      <td>
        <a href={`/jobs/${job_id}`} data-job={job_id} className="job-link">
          {name === "" ? "(no name)" : name}
        </a>
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
});

/** The job whose link was pressed to be opened here, and not in another tab or window. */
export function idOfLink(event: MouseEvent): string | undefined {
  const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  const link = event.target instanceof Element ? event.target.closest<HTMLElement>("a[data-job]") : null;
  return isPlain ? link?.dataset.job : undefined;
}
