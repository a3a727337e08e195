import type { JobState, LeasedJob } from "@corbenic/protocol";
import type { Answered, Delivered } from "./api-process.ts";

/** What a request and its answer were about, as far as promises follow from it. */
export type Exchange =
  | { readonly kind: "fetch"; readonly job: LeasedJob }
  | {
      readonly kind: "hold";
      readonly jobId: string;
      readonly token: string;
      /** Whether the worker was told to stop; undefined where it was not told either way. */
      readonly cancel: boolean | undefined;
    }
  | Report
  | { readonly kind: "submit"; readonly jobId: string }
  | { readonly kind: "status"; readonly jobId: string; readonly state: JobState }
  | { readonly kind: "result"; readonly jobId: string; readonly results: string }
  | { readonly kind: "cancel"; readonly jobId: string; readonly done: boolean }
  | { readonly kind: "suspend" | "resume"; readonly jobId: string; readonly state: JobState }
  | undefined;

/** A worker's last word on a lease, and what the cloud said has become of the job. */
export interface Report {
  readonly kind: "report";
  readonly jobId: string;
  readonly token: string;
  readonly verb: "result" | "fail" | "release";
  readonly state: JobState;
  /** Where it carried a result that it was answered to have stored. */
  readonly results: string | undefined;
}

const underJob = /^\/(?:api|admin)\/jobs?\/([0-9a-f-]{36})\/([a-z/]+)$/;

/** Reads an exchange that went well. */
export function readExchange(
  request: Delivered,
  { status, body }: Pick<Answered, "status" | "body">,
): Exchange {
  if (status !== 200) return undefined;
  const answer = JSON.parse(body) as {
    readonly job_id: string;
    readonly status: JobState;
    readonly results: string;
    readonly message: string;
    readonly cancel?: boolean;
  };
  const path = request.url.split("?")[0]!;
  if (path === "/admin/job") return { kind: "fetch", job: answer as unknown as LeasedJob };
  if (path === "/api/jobs") return { kind: "submit", jobId: answer.job_id };
  const [, jobId, verb] = underJob.exec(path) ?? [];
  if (jobId === undefined) return undefined;
  const token = () => (JSON.parse(request.body!) as { lease_token: string }).lease_token;
  switch (verb) {
    case "heartbeat":
    case "result/part":
      return { kind: "hold", jobId, token: token(), cancel: answer.cancel };
    case "result": {
      if (request.method === "GET") return { kind: "result", jobId, results: answer.results };
      const { results } = JSON.parse(request.body!) as { results?: string };
      return { kind: "report", jobId, token: token(), verb, state: answer.status, results };
    }
    case "fail":
    case "release":
      return { kind: "report", jobId, token: token(), verb, state: answer.status, results: undefined };
    case "rerun":
    case "requeue":
      return { kind: "submit", jobId: answer.job_id };
    case "status":
      return { kind: "status", jobId, state: answer.status };
    case "cancel":
      return { kind: "cancel", jobId, done: answer.message.includes("is canceled") };
    case "suspend":
    case "resume":
      return { kind: verb, jobId, state: answer.status };
    default:
      return undefined;
  }
}
