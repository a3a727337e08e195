import Type from "typebox";
import { endpoint } from "./endpoint.ts";
import { jobStates } from "./job-state.ts";
import { JobCreated } from "./job-submission.ts";
import { JobId, JobParams } from "./jobs.ts";

export const cancelJobs = endpoint({
  tag: "Jobs",
  operationId: "cancelJobs",
  method: "POST",
  path: "/api/jobs/cancel",
  summary: "Cancel many jobs",
  description:
    "Each on its own: the outcomes are in the order of the ids, and those of jobs that the caller may not see are the same as those of jobs that do not exist. Administrators cancel anybody's.",
  callers: ["job_token", "user", "admin"],
  body: Type.Object(
    { job_ids: Type.Array(JobId, { minItems: 1, maxItems: 1_000 }) },
    { additionalProperties: false },
  ),
  response: Type.Object({
    outcomes: Type.Array(
      Type.Object({
        job_id: JobId,
        outcome: Type.Enum(["canceled", "cancel_requested", "already_over", "not_found"]),
        status: Type.Union([Type.Enum(jobStates), Type.Null()]),
      }),
    ),
  }),
  problems: [],
});

const administered = {
  tag: "Administration",
  method: "POST",
  callers: ["admin"],
  params: JobParams,
} as const;
const Outcome = Type.Object({ job_id: JobId, status: Type.Enum(jobStates) });

export const requeueJob = endpoint({
  ...administered,
  operationId: "requeueJob",
  path: "/admin/jobs/{id}/requeue",
  summary: "Run a failed or canceled job again for its owner",
  description: "As a new job of the same owner, which is checked as if the owner submitted it.",
  response: JobCreated,
  problems: [
    "job_not_found",
    "job_not_failed",
    "invalid_payload",
    "command_not_available",
    "platform_limit_exceeded",
    "job_too_large",
    "platform_not_found",
    "platform_retired",
    "queue_full",
  ],
});

export const suspendJob = endpoint({
  ...administered,
  operationId: "suspendJob",
  path: "/admin/jobs/{id}/suspend",
  summary: "Keep a job from running until it is resumed",
  description: "A running job is taken from its worker; the attempt does not count.",
  response: Outcome,
  problems: ["job_not_found", "job_in_other_state"],
});

export const resumeJob = endpoint({
  ...administered,
  operationId: "resumeJob",
  path: "/admin/jobs/{id}/resume",
  summary: "Let a suspended job wait for a worker again",
  response: Outcome,
  problems: ["job_not_found", "job_in_other_state", "platform_retired"],
});
