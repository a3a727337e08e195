import { isTerminal, type JobView } from "@corbenic/sdk/endpoints";
import type { ReactNode } from "react";
import { queuedFor, ranFor } from "../jobs/job-times.ts";

interface Step {
  readonly name: string;
  readonly state: "done" | "now" | "ahead" | "failed";
  readonly note: string;
}

/** How far a job has come, from its submission to its end. */
export function Timeline({ job, now }: { readonly job: JobView; readonly now: number }): ReactNode {
  return (
    <ol className="timeline" aria-label="Timeline">
      {stepsOf(job, now).map(({ name, state, note }) => (
        <li key={name} className={state} aria-current={state === "now" ? "step" : undefined}>
          <strong>{name}</strong>
          <span>{note}</span>
        </li>
      ))}
    </ol>
  );
}

function stepsOf(job: JobView, now: number): Step[] {
  const over = isTerminal(job.status);
  const started = job.started_at !== null;
  const failed = job.status === "error" || job.status === "canceled";
  return [
    { name: "Submitted", state: "done", note: "" },
    {
      name: job.status === "suspended" ? "Suspended" : "Waiting",
      state: started || over ? "done" : "now",
      note: queuedFor(job, now),
    },
    {
      name: job.status === "cancel_requested" ? "Stopping" : "Running",
      state: over ? (started ? "done" : "ahead") : started ? "now" : "ahead",
      note: started ? ranFor(job, now) : "",
    },
    {
      name: over ? endNames[job.status as keyof typeof endNames] : "Completed",
      state: over ? (failed ? "failed" : "done") : "ahead",
      note: "",
    },
  ];
}

const endNames = { completed: "Completed", error: "Error", canceled: "Canceled" } as const;
