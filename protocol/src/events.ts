import Type from "typebox";
import { endpoint } from "./endpoint.ts";

const stream = {
  method: "GET",
  stream: true,
  response: Type.String({ description: "Events, for as long as the client listens." }),
  problems: ["too_many_streams"],
} as const;

export const followEvents = endpoint({
  ...stream,
  operationId: "followEvents",
  path: "/api/events",
  summary: "Follow what becomes of the account's jobs",
  description:
    "A stream of server-sent events. `job` tells a job's new status: its data is {job_id, status, at, message}. `progress` tells how far a running job is: {job_id, progress, progress_message}. Send the id of the last `job` event as `Last-Event-ID` to take up after it.",
  tag: "Jobs",
  callers: ["job_token", "user", "admin"],
  problemFormat: "perceval",
});

export const followAllEvents = endpoint({
  ...stream,
  operationId: "followAllEvents",
  path: "/admin/events",
  summary: "Follow what becomes of everybody's jobs",
  description: "The same stream as that of an account, about the jobs of all of them.",
  tag: "Administration",
  callers: ["admin"],
});
