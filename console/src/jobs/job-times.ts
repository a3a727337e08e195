import type { JobSummary } from "@corbenic/sdk/endpoints";
import { secondsOf } from "../parts/now.ts";
import { duration } from "../parts/time.tsx";

type Timed = Pick<JobSummary, "created_at" | "started_at" | "ended_at">;

/** How long a job waited, or has waited until now. */
export function queuedFor({ created_at, started_at, ended_at }: Timed, now: number): string {
  const end = started_at ?? ended_at;
  return duration(Math.max(0, (end === null ? now : secondsOf(end)) - secondsOf(created_at)));
}

/** How long a job ran, or has run until now; a dash for one that never started. */
export function ranFor({ started_at, ended_at }: Timed, now: number): string {
  if (started_at === null) return "–";
  return duration(Math.max(0, (ended_at === null ? now : secondsOf(ended_at)) - secondsOf(started_at)));
}
