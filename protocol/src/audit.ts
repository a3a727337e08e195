import Type from "typebox";
import { endpoint } from "./endpoint.ts";
import { DateTime, Line, Nullable, nextCursor, paging, SerialId } from "./fields.ts";

export const AuditEvent = Type.Object({
  event_id: Type.Integer(),
  at: DateTime,
  user_id: Nullable(Type.Integer({ description: "Who did it; null for the cloud itself." })),
  email: Nullable(Type.String()),
  caller: Type.String({ description: "The kind of principal." }),
  credential_id: Nullable(Type.Integer()),
  address: Nullable(Type.String()),
  request_id: Nullable(Type.String()),
  action: Type.String({ examples: ["user.update"] }),
  object: Type.String({ examples: ["user:7"] }),
  before: Type.Unknown({ description: "What was there; of an update, the fields that differ." }),
  after: Type.Unknown({ description: "What is there since." }),
});
export type AuditEvent = Type.Static<typeof AuditEvent>;

export const listAuditEvents = endpoint({
  tag: "Administration",
  operationId: "listAuditEvents",
  method: "GET",
  path: "/admin/audit",
  summary: "List what people changed, the newest first",
  callers: ["admin"],
  query: Type.Object({
    user_id: Type.Optional(SerialId({ description: "Only what this account did." })),
    action: Type.Optional(
      Line({ description: "An action such as user.update, or a noun for all actions on it." }),
    ),
    object: Type.Optional(Line({ description: "Such as user:7." })),
    since: Type.Optional(DateTime),
    until: Type.Optional(DateTime),
    ...paging,
  }),
  response: Type.Object({ events: Type.Array(AuditEvent), ...nextCursor }),
  problems: [],
});
