import Type from "typebox";
import { endpoint } from "./endpoint.ts";
import { jobStates } from "./job-state.ts";

export const JobId = Type.String({
  format: "uuid",
  description: "The job's id, a UUID.",
  examples: ["3f0f1c1e-7c1b-4f43-9a53-2f1d0f6f7a10"],
});

export const JobParams = Type.Object({ id: JobId });

/** Control characters would travel into terminals and tables; the length is that of a line a person reads. */
const Label = Type.String({ maxLength: 255, pattern: "^[^\\u0000-\\u001f\\u007f]*$" });

export const Command = Type.Union([
  Type.Literal("probs"),
  Type.Literal("sample_count"),
  Type.Literal("samples"),
]);

/**
 * What a Perceval client posts. The payload's inside is checked by decoding it, not by this schema; keys that
 * no version is known to send are kept but have no effect.
 */
export const JobSubmission = Type.Object(
  {
    platform_name: Type.String({ minLength: 1, maxLength: 255, examples: ["sim:slos"] }),
    job_name: Type.Optional(Label),
    job_group_name: Type.Optional(Type.Union([Label, Type.Null()])),
    pcvl_version: Type.Optional(Type.String({ maxLength: 64, examples: ["1.1.1"] })),
    process_id: Type.Optional(Type.Union([Type.String({ maxLength: 64 }), Type.Null()])),
    max_duration: Type.Optional(
      Type.Union([Type.Number({ exclusiveMinimum: 0 }), Type.Null()], {
        description: "Seconds the job may run.",
      }),
    ),
    payload: Type.Object(
      { command: Type.Optional(Command) },
      {
        additionalProperties: true,
        description:
          "The command, the experiment (or the circuit with its input state), and parameters, as a Perceval client serializes them.",
      },
    ),
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

export const JobCreated = Type.Object({ job_id: JobId });

export const JobStatus = Type.Object({
  job_id: JobId,
  name: Type.String(),
  platform_name: Type.String(),
  status: Type.Enum(jobStates, { description: "The job's state." }),
  progress: Type.Number({ minimum: 0, maximum: 1 }),
  progress_message: Type.String({
    description: "The phase the computation is in; empty when there is none.",
  }),
  status_message: Type.Optional(Type.String({ description: "Why the job failed or was canceled." })),
  failure_code: Type.Optional(
    Type.String({ description: "The same as status_message, where older clients read it." }),
  ),
  creation_datetime: Type.Number({ description: "Seconds since the epoch." }),
  start_time: Type.Optional(Type.Number({ description: "Seconds since the epoch." })),
  duration: Type.Optional(Type.Integer({ description: "Seconds the job ran." })),
});

export const JobResult = Type.Object({
  job_id: JobId,
  results: Type.String({
    description: "A JSON object as a string: results or results_list, performances, job_context.",
    examples: ['{"results": ":PCVL:BSDistribution:{|2,0>=0.5;|0,2>=0.5}", "global_perf": 1}'],
  }),
  duration: Type.Optional(Type.Integer()),
});

const owned = { tag: "Jobs", problemFormat: "perceval" } as const;

export const submitJob = endpoint({
  ...owned,
  operationId: "submitJob",
  method: "POST",
  path: "/api/job",
  summary: "Submit a job",
  description:
    "Checks the payload, the platform and the account's room in the queue, stores the job and answers with its id.",
  callers: ["job_token", "user", "admin"],
  body: JobSubmission,
  response: JobCreated,
  problems: ["invalid_payload", "platform_not_found", "command_not_available", "queue_full"],
});

export const getJobStatus = endpoint({
  ...owned,
  operationId: "getJobStatus",
  method: "GET",
  path: "/api/job/status/{id}",
  summary: "Read a job's status",
  callers: ["job_token", "user", "admin"],
  params: JobParams,
  response: JobStatus,
  problems: ["job_not_found"],
});

export const getJobResult = endpoint({
  ...owned,
  operationId: "getJobResult",
  method: "GET",
  path: "/api/job/result/{id}",
  summary: "Read a job's result",
  callers: ["job_token", "user", "admin"],
  params: JobParams,
  response: JobResult,
  problems: ["job_not_found", "job_not_finished", "job_has_no_result"],
});

export const cancelJob = endpoint({
  ...owned,
  operationId: "cancelJob",
  method: "POST",
  path: "/api/job/cancel/{id}",
  summary: "Cancel a job",
  description:
    "A waiting job is canceled at once; a running one when its worker acknowledges, within seconds.",
  callers: ["job_token", "user", "admin"],
  params: JobParams,
  response: Type.Object({ message: Type.String() }),
  problems: ["job_not_found", "job_already_over"],
});

export const rerunJob = endpoint({
  ...owned,
  operationId: "rerunJob",
  method: "POST",
  path: "/api/job/rerun/{id}",
  summary: "Run a failed or canceled job again",
  callers: ["job_token", "user", "admin"],
  params: JobParams,
  response: JobCreated,
  problems: ["job_not_found", "job_not_failed", "queue_full"],
});

export const getJobAvailability = endpoint({
  ...owned,
  operationId: "getJobAvailability",
  method: "GET",
  path: "/api/jobs/availability",
  summary: "Read how many more jobs the account may queue",
  callers: ["job_token", "user", "admin"],
  response: Type.Object({ max_jobs_in_queue: Type.Integer(), num_jobs_in_queue: Type.Integer() }),
  problems: [],
});
