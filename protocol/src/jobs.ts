import Type from "typebox";
import { alias, endpoint } from "./endpoint.ts";
import { jobStates } from "./job-state.ts";

export const JobId = Type.String({
  format: "uuid",
  description: "The job's id, a UUID.",
  examples: ["3f0f1c1e-7c1b-4f43-9a53-2f1d0f6f7a10"],
});

export const JobParams = Type.Object({ id: JobId });

/** Control characters would travel into terminals and tables; the length is that of a line a person reads. */
export const JobLabel = Type.String({ maxLength: 255, pattern: "^[^\\u0000-\\u001f\\u007f]*$" });

/** What a worker has found so far, in the shape that it finds useful. */
export const IntermediateResults = Type.Record(Type.String(), Type.Unknown());

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
  shots: Type.Optional(Type.Integer({ description: "Shots that the job may make at most." })),
  last_intermediate_results: Type.Optional(IntermediateResults),
});

export const JobResult = Type.Object({
  job_id: JobId,
  results: Type.String({
    description: "A JSON object as a string: results or results_list, performances, job_context.",
    examples: ['{"results": ":PCVL:BSDistribution:{|2,0>=0.5;|0,2>=0.5}", "global_perf": 1}'],
  }),
  results_type: Type.Enum(["final", "partial"], {
    description: "'partial' for what a job had found when it failed or was canceled.",
  }),
  intermediate_results: Type.Array(IntermediateResults),
  duration: Type.Optional(Type.Integer()),
  shots: Type.Optional(Type.Integer({ description: "Shots that the job could make at most." })),
});

const nullable = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
const DateTime = Type.String({ format: "date-time" });

export const JobData = Type.Object({
  job_id: JobId,
  job_name: Type.String(),
  platform_id: Type.String({ format: "uuid" }),
  platform_name: Type.String(),
  command: Type.String(),
  status: Type.Enum(jobStates),
  payload: Type.Record(Type.String(), Type.Unknown()),
  pcvl_version: nullable(Type.String()),
  process_id: nullable(Type.String()),
  created_date: DateTime,
  start_time: nullable(DateTime),
  duration: nullable(Type.Integer()),
  failure_code: nullable(Type.String()),
  rerun_from: nullable(JobId),
  shots: nullable(Type.Integer()),
  token_id: nullable(Type.Integer()),
  token_label: nullable(Type.String()),
});

const owned = {
  tag: "Jobs",
  problemFormat: "perceval",
  callers: ["job_token", "user", "admin"],
} as const;

export const getJobStatus = endpoint({
  ...owned,
  operationId: "getJobStatus",
  method: "GET",
  path: "/api/jobs/{id}/status",
  summary: "Read a job's status",
  params: JobParams,
  response: JobStatus,
  problems: ["job_not_found"],
});

export const getJobResult = endpoint({
  ...owned,
  operationId: "getJobResult",
  method: "GET",
  path: "/api/jobs/{id}/result",
  summary: "Read a job's result",
  description: "A job that failed or was canceled may have a partial one.",
  params: JobParams,
  response: JobResult,
  problems: ["job_not_found", "job_not_finished", "job_has_no_result"],
});

export const getJobData = endpoint({
  ...owned,
  operationId: "getJobData",
  method: "GET",
  path: "/api/jobs/{id}/data",
  summary: "Read what a job was submitted with",
  params: JobParams,
  response: JobData,
  problems: ["job_not_found"],
});

export const cancelJob = endpoint({
  ...owned,
  operationId: "cancelJob",
  method: "POST",
  path: "/api/jobs/{id}/cancel",
  summary: "Cancel a job",
  description:
    "A waiting job is canceled at once; a running one when its worker acknowledges, within seconds.",
  params: JobParams,
  response: Type.Object({ message: Type.String() }),
  problems: ["job_not_found", "job_already_over"],
});

/** The paths that every Perceval client calls, with the operations of the current ones. */
export const getJobStatusByOlderPath = alias(getJobStatus, {
  operationId: "getJobStatusByOlderPath",
  path: "/api/job/status/{id}",
  deprecated: true,
});

export const getJobResultByOlderPath = alias(getJobResult, {
  operationId: "getJobResultByOlderPath",
  path: "/api/job/result/{id}",
  deprecated: true,
});

export const cancelJobByOlderPath = alias(cancelJob, {
  operationId: "cancelJobByOlderPath",
  path: "/api/job/cancel/{id}",
  deprecated: true,
});

export const getJobAvailability = endpoint({
  ...owned,
  operationId: "getJobAvailability",
  method: "GET",
  path: "/api/jobs/availability",
  summary: "Read how many more jobs the account may queue",
  description: "Of the account, whichever of its tokens asks. Nothing else limits how many jobs run at once.",
  response: Type.Object({
    max_jobs_in_queue: Type.Integer({ description: "Jobs that may wait or run at once." }),
    num_jobs_in_queue: Type.Integer({ description: "Jobs that wait or run now." }),
    max_concurrent_jobs: Type.Integer(),
    num_concurrent_jobs: Type.Integer({ description: "Jobs that run now." }),
    max_running_qt_jobs: Type.Integer({ description: "Always 0: there are none of this kind." }),
    num_running_qt_jobs: Type.Integer(),
  }),
  problems: [],
});
