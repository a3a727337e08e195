import Type from "typebox";
import { alias, endpoint } from "./endpoint.ts";
import { JobId, JobLabel, JobParams } from "./jobs.ts";

export const Command = Type.Union([
  Type.Literal("probs"),
  Type.Literal("sample_count"),
  Type.Literal("samples"),
]);

/**
 * What a Perceval client posts. The payload's inside is checked by decoding it, not by this schema; keys that
 * no version is known to send are kept but have no effect.
 */
const Payload = Type.Record(Type.String(), Type.Unknown(), {
  description:
    "The command, the experiment (or the circuit with its input state), and parameters, as a Perceval client serializes them.",
});

/** Control characters would travel into terminals and tables. */
const printable = "^[^\\u0000-\\u001f\\u007f]*$";
const PlatformId = Type.String({ format: "uuid" });

export const JobSubmission = Type.Object(
  {
    platform_name: Type.Optional(
      Type.Union([Type.String({ minLength: 1, maxLength: 255, pattern: printable }), Type.Null()], {
        description: "Needed unless platform_id is given.",
        examples: ["sim:slos"],
      }),
    ),
    platform_id: Type.Optional(Type.Union([PlatformId, Type.Null()])),
    job_name: Type.Optional(JobLabel),
    job_group_name: Type.Optional(Type.Union([JobLabel, Type.Null()])),
    pcvl_version: Type.Optional(
      Type.Union([Type.String({ maxLength: 64, pattern: printable }), Type.Null()], { examples: ["1.1.1"] }),
    ),
    process_id: Type.Optional(Type.Union([Type.String({ maxLength: 64, pattern: printable }), Type.Null()])),
    max_duration: Type.Optional(
      Type.Union([Type.Number({ exclusiveMinimum: 0 }), Type.Null()], {
        description: "Seconds the job may run.",
      }),
    ),
    payload: Payload,
  },
  {
    additionalProperties: true,
    examples: [
      {
        platform_name: "sim:slos",
        job_name: "Hong-Ou-Mandel",
        pcvl_version: "0.12.2",
        process_id: "8a718ae4-51fd-4a86-8f2e-8a22b8f0f59d",
        payload: {
          command: "probs",
          circuit:
            ":PCVL:zip:eJyzCnAO87FydM4sSi7NLLFydfTM9K9wdI7MSg52DsyO9AkNCtWu9DANqMj3cg50hAPP9GwvBM+xEKgWwXPxRFELAAdTHXM=",
          input_state: ":PCVL:BasicState:|1,1>",
          parameters: { min_detected_photons: 2 },
          max_shots: 100000,
          job_context: null,
        },
      },
    ],
  },
);
export type JobSubmission = Type.Static<typeof JobSubmission>;

/** What to change of the job that runs again. Perceval clients send no body at all. */
export const JobRerun = Type.Union([
  Type.Object(
    {
      job_name: Type.Optional(Type.Union([JobLabel, Type.Null()])),
      platform_id: Type.Optional(Type.Union([PlatformId, Type.Null()])),
      payload: Type.Optional(Type.Union([Payload, Type.Null()])),
    },
    { additionalProperties: true },
  ),
  Type.Null(),
]);
export type JobRerun = Type.Static<typeof JobRerun>;

export const JobCreated = Type.Object({ job_id: JobId });

/** For clients that may send a request twice. The answer is kept for a day at least. */
const IdempotencyHeaders = Type.Object(
  {
    "idempotency-key": Type.Optional(
      Type.String({
        pattern: "^[\\u0021-\\u007e]{1,255}$",
        description:
          "Any text of the client's choosing, new for each job: the same key with the same request answers with the same job, with another request is refused.",
      }),
    ),
  },
  { additionalProperties: true },
);

/** One thing that is wrong with a submission. `detail.findings` of its refusal lists all of them. */
export const Finding = Type.Object({
  code: Type.String({ description: "The problem's code, as if it were the only one." }),
  path: Type.String({ description: "Where in the request, or what of the account or token." }),
  found: Type.String(),
  allowed: Type.String(),
  message: Type.String(),
  nearest: Type.Optional(Type.String({ description: "The smallest change that would be allowed." })),
});
export type Finding = Type.Static<typeof Finding>;

const admitted = {
  tag: "Jobs",
  method: "POST",
  problemFormat: "perceval",
  misfitStatus: 422,
  callers: ["job_token", "user", "admin"],
  headers: IdempotencyHeaders,
  response: JobCreated,
} as const;

const refusals = [
  "invalid_payload",
  "command_not_available",
  "platform_limit_exceeded",
  "job_too_large",
  "token_scope_exceeded",
  "platform_not_found",
  "platform_retired",
  "queue_full",
  "idempotency_key_reused",
] as const;

export const submitJob = endpoint({
  ...admitted,
  operationId: "submitJob",
  path: "/api/jobs",
  summary: "Submit a job",
  description:
    "Checks everything before anything is stored, and answers with the job's id, or with all that is wrong: `detail.findings` lists each with its code, path, what was found and what is allowed.",
  body: JobSubmission,
  problems: refusals,
});

export const rerunJob = endpoint({
  ...admitted,
  operationId: "rerunJob",
  path: "/api/jobs/{id}/rerun",
  summary: "Run a failed or canceled job again",
  description:
    "As a new job, which is checked as if it were submitted. Its name, platform and payload may change.",
  params: JobParams,
  body: JobRerun,
  problems: ["job_not_found", "job_not_failed", ...refusals],
});

export const submitJobByOlderPath = alias(submitJob, {
  operationId: "submitJobByOlderPath",
  path: "/api/job",
  deprecated: true,
});

export const rerunJobByOlderPath = alias(rerunJob, {
  operationId: "rerunJobByOlderPath",
  path: "/api/job/rerun/{id}",
  deprecated: true,
});
