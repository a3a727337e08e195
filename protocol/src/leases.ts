import Type from "typebox";
import { endpoint } from "./endpoint.ts";
import { IntermediateResults, JobId, JobParams } from "./jobs.ts";

/** The unguessable id of one attempt's lease, shown once, to the worker that acquired it. */
export const LeaseToken = Type.String({
  pattern: "^[A-Za-z0-9_-]{22}$",
  description: "128 random bits, base64url.",
});

export const LeasedJob = Type.Object({
  job_id: JobId,
  job_name: Type.String(),
  platform_name: Type.String(),
  pcvl_version: Type.Union([Type.String(), Type.Null()]),
  process_id: Type.Union([Type.String(), Type.Null()]),
  payload: Type.Record(Type.String(), Type.Unknown()),
  attempt: Type.Integer({ minimum: 1 }),
  lease_token: LeaseToken,
  lease_ttl_s: Type.Number({ description: "Seconds from now until the lease ends unless renewed." }),
  max_duration_s: Type.Number({ description: "Seconds the attempt may run." }),
});
export type LeasedJob = Type.Static<typeof LeasedJob>;

const held = { tag: "Workers", callers: ["worker"], params: JobParams, problemFormat: "perceval" } as const;
/** PostgreSQL keeps any text but the character 0. */
const printable = "^[^\\u0000]*$";
const resultBytesMax = 34 * 1024 * 1024;
const holding = {
  lease_token: Type.Optional({
    ...LeaseToken,
    description: "Of the lease. May be left out only where the platform is 'legacy_single'.",
  }),
};
const Outcome = Type.Object({ status: Type.String({ description: "The job's state after the report." }) });

export const fetchJob = endpoint({
  tag: "Workers",
  problemFormat: "perceval",
  operationId: "fetchJob",
  method: "GET",
  path: "/admin/job",
  summary: "Take the next job of the worker's platforms",
  description:
    "Waits up to `wait_s` for a job and answers 204 when none came. The job is leased: renew the lease before `lease_ttl_s` has passed, and send the lease token with every report.",
  callers: ["worker"],
  query: Type.Object({
    wait_s: Type.Optional(Type.Number({ minimum: 0, maximum: 30, default: 0 })),
    platform_name: Type.Optional(
      Type.String({ maxLength: 255, description: "Only this one of the key's platforms." }),
    ),
    fetch_id: Type.Optional(
      Type.String({
        format: "uuid",
        description:
          "Drawn by the worker for each fetch. When the answer was lost, the same id again gives the same job and lease.",
      }),
    ),
  }),
  response: LeasedJob,
  emptyStatus: 204,
  problems: ["platform_not_found"],
});

export const renewLease = endpoint({
  ...held,
  operationId: "renewLease",
  method: "POST",
  path: "/admin/job/{id}/heartbeat",
  summary: "Renew a lease and report progress",
  description:
    "Intermediate results, of at most 64 KiB each, are shown to the owner; the last 100 of an attempt are kept.",
  body: Type.Object({
    ...holding,
    progress: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
    progress_message: Type.Optional(Type.String({ maxLength: 255, pattern: printable })),
    intermediate_results: Type.Optional(IntermediateResults),
  }),
  response: Type.Object({
    status: Type.String(),
    lease_ttl_s: Type.Number(),
    cancel: Type.Boolean({
      description: "True when the owner asked for the job to be canceled: stop and acknowledge.",
    }),
  }),
  problems: ["job_not_found", "lease_lost", "invalid_payload"],
});

export const stageResult = endpoint({
  ...held,
  operationId: "stageResult",
  method: "POST",
  path: "/admin/job/{id}/result/part",
  summary: "Stage a part of a large result",
  description:
    "Nobody sees it until the result is reported; the same part again takes the place of the first.",
  body: Type.Object({
    ...holding,
    number: Type.Integer({ minimum: 0, maximum: 63, description: "From 0, without holes." }),
    part: Type.String({ minLength: 1, maxLength: 4 * 1024 * 1024 }),
  }),
  response: Type.Object({ bytes: Type.Integer({ description: "All that is staged under the lease." }) }),
  problems: ["job_not_found", "lease_lost", "body_too_large"],
});

export const completeJob = endpoint({
  ...held,
  operationId: "completeJob",
  method: "POST",
  path: "/admin/job/{id}/result",
  summary: "Report a job's result",
  description:
    "Repeating the same report is safe; another result for the same lease is refused. A large result is staged in parts first, and then named by its digest.",
  bodyBytesMax: resultBytesMax,
  body: Type.Union([
    Type.Object({
      ...holding,
      results: Type.String({ description: "The JSON object that clients parse, as a string." }),
    }),
    Type.Object({
      ...holding,
      sha256: Type.String({
        pattern: "^[0-9a-f]{64}$",
        description: "Of the whole result, in UTF-8, that was staged in parts.",
      }),
    }),
  ]),
  response: Outcome,
  problems: ["job_not_found", "lease_lost", "result_conflict", "result_incomplete", "invalid_payload"],
});

export const failJob = endpoint({
  ...held,
  operationId: "failJob",
  method: "POST",
  path: "/admin/job/{id}/fail",
  summary: "Report that a job cannot be computed, or acknowledge its cancellation",
  bodyBytesMax: resultBytesMax,
  body: Type.Object({
    ...holding,
    message: Type.String({ maxLength: 2000, pattern: printable }),
    code: Type.Optional(
      Type.String({
        pattern: "^[a-z][a-z0-9_]{0,63}$",
        description: "What is wrong, for programs; see docs/job-errors.md. Kept if the job ends in error.",
        examples: ["too_many_states"],
      }),
    ),
    results: Type.Optional(
      Type.String({
        description: "What was found until then, in the form of a result. Kept if the job ends.",
      }),
    ),
    retryable: Type.Optional(Type.Boolean({ description: "Whether another attempt could succeed." })),
  }),
  response: Outcome,
  problems: ["job_not_found", "lease_lost", "invalid_payload"],
});

export const releaseLease = endpoint({
  ...held,
  operationId: "releaseLease",
  method: "POST",
  path: "/admin/job/{id}/release",
  summary: "Hand a job back, for another worker to take",
  body: Type.Object(holding),
  response: Outcome,
  problems: ["job_not_found", "lease_lost"],
});
