import type { ReactNode } from "react";
import type { ListedJobs } from "./use-listed-jobs.ts";

/** Tells of jobs that came since the top of the list was left, without moving what is read below it. */
export function NewerJobs(props: { readonly jobs: ListedJobs; readonly onShow: () => void }): ReactNode {
  const { newer, newerAtLeast } = props.jobs;
  return (
    <div className="newer-jobs" role="status">
      {newer > 0 && (
        <button type="button" onClick={props.onShow}>
          {`${newer}${newerAtLeast ? " or more" : ""} new ${newer === 1 ? "job" : "jobs"}`}
        </button>
      )}
    </div>
  );
}
