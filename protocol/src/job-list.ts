import Type from "typebox";
import { endpoint } from "./endpoint.ts";
import { jobStates } from "./job-state.ts";
import { JobId, JobLabel, JobParams } from "./jobs.ts";

const nullable = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
const DateTime = Type.String({ format: "date-time" });

/** A job as a line of a list: neither its payload nor its result. */
const summary = {
  job_id: JobId,
  name: Type.String(),
  group_name: nullable(Type.String()),
  platform_id: Type.String({ format: "uuid" }),
  platform_name: Type.String(),
  command: Type.String(),
  status: Type.Enum(jobStates),
  progress: Type.Number({ minimum: 0, maximum: 1 }),
  status_message: nullable(Type.String()),
  error_code: nullable(
    Type.String({
      description: "Why it ended in error; see docs/job-errors.md. Null where the worker gave none.",
    }),
  ),
  priority: Type.Integer(),
  shots: nullable(Type.Integer()),
  token_id: nullable(Type.Integer()),
  rerun_from: nullable(JobId),
  created_at: DateTime,
  started_at: nullable(DateTime),
  ended_at: nullable(DateTime),
};
export const JobSummary = Type.Object(summary);
export type JobSummary = Type.Static<typeof JobSummary>;

/** A job as administrators see it in lists. */
export const OwnedJobSummary = Type.Object({
  ...summary,
  owner_id: Type.Integer(),
  owner_email: Type.String(),
});
export type OwnedJobSummary = Type.Static<typeof OwnedJobSummary>;

export const jobSorts = ["-created", "created", "-name", "name"] as const;
const states = jobStates.join("|");

const filters = {
  status: Type.Optional(
    Type.String({
      pattern: `^(${states})(,(${states}))*$`,
      description: "One state or several, separated by commas.",
      examples: ["waiting,running"],
    }),
  ),
  platform_name: Type.Optional(JobLabel),
  group_name: Type.Optional(JobLabel),
  name: Type.Optional({ ...JobLabel, description: "Text that the name contains, in any case." }),
  command: Type.Optional(JobLabel),
  created_after: Type.Optional(DateTime),
  created_before: Type.Optional(DateTime),
  token_id: Type.Optional(Type.Integer({ minimum: 1, maximum: 2 ** 31 - 1 })),
};

const paging = {
  sort: Type.Optional(Type.Enum(jobSorts, { default: "-created" })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
  cursor: Type.Optional(
    Type.String({ maxLength: 1024, description: "The next_cursor of the page before, with the same sort." }),
  ),
  offset: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 10_000_000,
      description: "So many jobs are passed over, for those who leap into the middle of a list.",
    }),
  ),
  with_total: Type.Optional(
    Type.Boolean({ description: "Whether to count the jobs that pass the filters." }),
  ),
};

const paged = {
  next_cursor: nullable(Type.String({ description: "Where the next page begins; null on the last." })),
  total: Type.Optional(Type.Integer({ minimum: 0, description: "With with_total: of all pages." })),
  counted_at: Type.Optional({
    ...DateTime,
    description: "With with_total: as `created_before` it keeps out of a list what is submitted later.",
  }),
};

export const listJobs = endpoint({
  tag: "Jobs",
  operationId: "listJobs",
  method: "GET",
  path: "/api/jobs",
  summary: "List the account's jobs",
  callers: ["job_token", "user", "admin"],
  query: Type.Object({ ...filters, ...paging }),
  response: Type.Object({ jobs: Type.Array(JobSummary), ...paged }),
  problems: [],
});

export const listAllJobs = endpoint({
  tag: "Administration",
  operationId: "listAllJobs",
  method: "GET",
  path: "/admin/jobs",
  summary: "List everybody's jobs",
  description: "Neither payloads nor results.",
  callers: ["admin"],
  query: Type.Object({
    ...filters,
    owner_id: Type.Optional(Type.Integer({ minimum: 1, maximum: 2 ** 31 - 1 })),
    ...paging,
  }),
  response: Type.Object({ jobs: Type.Array(OwnedJobSummary), ...paged }),
  problems: [],
});

/** Where a waiting job stands, and when it is expected to start. */
export const QueuePlace = Type.Object({
  jobs_ahead: Type.Integer({ minimum: 0 }),
  jobs_ahead_exact: Type.Boolean({ description: "False where there are more than jobs_ahead tells." }),
  higher_priority: Type.Integer({
    minimum: 0,
    description: "Those of jobs_ahead that have a higher priority.",
  }),
  starts_in_s: nullable(
    Type.Number({ description: "Seconds until it is expected to start; null if unknown." }),
  ),
  reason: Type.String({ description: "Why it waits, in words." }),
});
export type QueuePlace = Type.Static<typeof QueuePlace>;

export const JobView = Type.Object({
  ...summary,
  progress_message: nullable(Type.String()),
  pcvl_version: nullable(Type.String()),
  process_id: nullable(Type.String()),
  token_label: nullable(Type.String()),
  max_duration_s: Type.Number(),
  attempt: Type.Integer({ description: "Attempts made so far." }),
  attempts_max: Type.Integer(),
  has_result: Type.Boolean(),
  reruns: Type.Array(JobId, { description: "The jobs that ran this one again." }),
  events: Type.Array(
    Type.Object({
      at: DateTime,
      transition: Type.String(),
      to_state: Type.Enum(jobStates),
      attempt: Type.Integer(),
      actor: Type.String(),
      message: nullable(Type.String()),
    }),
  ),
  queue: nullable(QueuePlace),
});
export type JobView = Type.Static<typeof JobView>;

export const getJob = endpoint({
  tag: "Jobs",
  operationId: "getJob",
  method: "GET",
  path: "/api/jobs/{id}",
  summary: "Read all about a job",
  description:
    "Its events, its lineage and, while it waits, its place in the queue. Administrators read anybody's.",
  callers: ["job_token", "user", "admin"],
  params: JobParams,
  response: JobView,
  problems: ["job_not_found"],
});
