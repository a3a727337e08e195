import Type from "typebox";
import { endpoint } from "./endpoint.ts";
import { DateTime, Nullable, nextCursor, paging } from "./fields.ts";
import { JobId } from "./jobs.ts";

/** A job under a lease. */
const LeasedJob = Type.Object({
  job_id: JobId,
  name: Type.String(),
  platform_name: Type.String(),
  owner_email: Type.String(),
  attempt: Type.Integer(),
  progress: Type.Number({ minimum: 0, maximum: 1 }),
  started_at: DateTime,
  heartbeat_at: Nullable({ ...DateTime, description: "When its lease was renewed last, or began." }),
  lease_until: DateTime,
});

/** What the cloud knows of the workers that use one key. */
export const Worker = Type.Object({
  api_key_id: Type.Integer(),
  label: Type.String(),
  platforms: Type.Array(Type.String(), { description: "The names of those whose jobs it takes." }),
  last_used_at: Nullable(DateTime),
  last_used_address: Nullable(Type.String()),
  jobs: Type.Array(LeasedJob, { description: "Those that it runs now, the oldest first." }),
});
export type Worker = Type.Static<typeof Worker>;

export const listWorkers = endpoint({
  tag: "Worker keys",
  callers: ["admin"],
  operationId: "listWorkers",
  method: "GET",
  path: "/admin/workers",
  summary: "List workers by their keys, with the jobs that they run now",
  description: "Of keys that are neither revoked nor expired, the newest first.",
  query: Type.Object(paging),
  response: Type.Object({ workers: Type.Array(Worker), ...nextCursor }),
  problems: [],
});
