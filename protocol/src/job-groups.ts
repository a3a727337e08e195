import Type from "typebox";
import { endpoint } from "./endpoint.ts";
import { jobStates } from "./job-state.ts";
import { JobLabel } from "./jobs.ts";

const Count = Type.Integer({ minimum: 0 });

export const JobGroup = Type.Object({
  name: Type.String(),
  jobs: Count,
  counts: Type.Object(
    Object.fromEntries(jobStates.map((state) => [state, Count])) as Record<
      (typeof jobStates)[number],
      typeof Count
    >,
    { description: "Jobs in each state." },
  ),
  progress: Type.Number({ minimum: 0, maximum: 1, description: "The part of the jobs that have ended." }),
  last_created_at: Type.String({ format: "date-time" }),
});
export type JobGroup = Type.Static<typeof JobGroup>;

const owned = { tag: "Jobs", callers: ["job_token", "user", "admin"] } as const;

export const listJobGroups = endpoint({
  ...owned,
  operationId: "listJobGroups",
  method: "GET",
  path: "/api/job-groups",
  summary: "List the account's job groups",
  description: "The group with the newest job first.",
  query: Type.Object({
    name: Type.Optional({ ...JobLabel, description: "Text that the name contains, in any case." }),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
    cursor: Type.Optional(Type.String({ maxLength: 1024 })),
  }),
  response: Type.Object({
    groups: Type.Array(JobGroup),
    next_cursor: Type.Union([Type.String(), Type.Null()]),
  }),
  problems: [],
});

export const cancelJobGroup = endpoint({
  ...owned,
  operationId: "cancelJobGroup",
  method: "POST",
  path: "/api/job-groups/cancel",
  summary: "Cancel all jobs of a group",
  description: "All that have not ended: either all of them are canceled, or asked to stop, or none.",
  body: Type.Object({ group_name: JobLabel }, { additionalProperties: false }),
  response: Type.Object({ canceled: Count, cancel_requested: Count }),
  problems: ["job_group_not_found"],
});
