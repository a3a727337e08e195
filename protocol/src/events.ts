import Type from "typebox";
import { endpoint } from "./endpoint.ts";

export const followEvents = endpoint({
  operationId: "followEvents",
  method: "GET",
  path: "/api/events",
  summary: "Follow what becomes of the account's jobs",
  description:
    "A stream of server-sent events. `job` tells a job's new status: its data is {job_id, status, at, message}. `progress` tells how far a running job is: {job_id, progress, progress_message}. Send the id of the last `job` event as `Last-Event-ID` to take up after it.",
  tag: "Jobs",
  callers: ["job_token", "user", "admin"],
  stream: true,
  response: Type.String({ description: "Events, for as long as the client listens." }),
  problemFormat: "perceval",
  problems: ["too_many_streams"],
});
