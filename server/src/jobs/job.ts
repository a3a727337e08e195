import { isTerminal, type JobState, Problem } from "@corbenic/protocol";
import type { Principal } from "../credentials/credentials.ts";
import type { JobDataRow, JobRow, OwnerId, ResultRow } from "./job-store.ts";

/** Whose jobs a principal reaches: everybody's for administrators, who have logged in as such, else its account's. */
export function reachOf({ kind, userId }: Principal): OwnerId {
  return kind === "admin" ? null : userId;
}

export function jobNotFound(jobId: string): Problem {
  return new Problem("job_not_found", `There is no job ${jobId} of this account.`, {
    detail: { job_id: jobId },
  });
}

/** The job, or its refusal where there is none in reach. */
export function requireJob<Row>(row: Row | undefined, jobId: string): Row {
  if (row === undefined) throw jobNotFound(jobId);
  return row;
}

/** The job as its owner's client polls it. */
export function presentStatus(row: JobRow) {
  return {
    job_id: row.id,
    name: row.name,
    platform_name: row.platform_name,
    status: row.state,
    progress: row.state === "completed" ? 1 : row.progress,
    progress_message: row.progress_message ?? "",
    ...(row.status_message === null ? {} : { status_message: row.status_message }),
    // Clients of 0.7 to 0.12 need this key of a job that failed, and show it to people.
    ...(hasFailed(row.state) ? { failure_code: row.status_message ?? row.state } : {}),
    creation_datetime: row.created_s,
    ...(row.started_s === null ? {} : { start_time: row.started_s }),
    ...(row.duration_s === null ? {} : { duration: wholeSeconds(row.duration_s) }),
    ...(row.shots === null ? {} : { shots: row.shots }),
    ...(row.last_intermediate_results === null
      ? {}
      : { last_intermediate_results: parseObject(row.last_intermediate_results) }),
  };
}

export function presentResult(job: JobRow, result: ResultRow) {
  return {
    job_id: job.id,
    results: result.results,
    results_type: result.partial ? ("partial" as const) : ("final" as const),
    intermediate_results: result.intermediate_results.map(parseObject),
    duration: wholeSeconds(job.duration_s ?? 0),
    ...(job.shots === null ? {} : { shots: job.shots }),
  };
}

export function presentData(row: JobDataRow) {
  return {
    job_id: row.id,
    job_name: row.name,
    platform_id: row.platform_id,
    platform_name: row.platform_name,
    command: row.command,
    status: row.state,
    payload: parseObject(row.payload),
    pcvl_version: row.pcvl_version,
    process_id: row.process_id,
    created_date: row.created_at.toISOString(),
    start_time: row.started_at?.toISOString() ?? null,
    duration: row.duration_s === null ? null : wholeSeconds(row.duration_s),
    failure_code: hasFailed(row.state) ? (row.status_message ?? row.state) : null,
    rerun_from: row.parent_id,
    shots: row.shots,
    token_id: row.token_id,
    token_label: row.token_label,
  };
}

/** Why a job has no result to read. */
export function withoutResult(job: JobRow): Problem {
  return isTerminal(job.state)
    ? new Problem("job_has_no_result", `Job ${job.id} ended as ${job.state} without a result.`, {
        detail: { status: job.state, status_message: job.status_message },
      })
    : new Problem("job_not_finished", `Job ${job.id} is ${job.state}: it has no result yet.`, {
        detail: { status: job.state },
      });
}

/** What was checked to be an object before it was stored. */
function parseObject(json: string): Record<string, unknown> {
  return JSON.parse(json) as Record<string, unknown>;
}

function hasFailed(state: JobState): boolean {
  return state === "error" || state === "canceled";
}

function wholeSeconds(seconds: number): number {
  return Math.max(0, Math.round(seconds));
}
