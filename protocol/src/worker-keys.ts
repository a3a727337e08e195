import Type from "typebox";
import { endpoint } from "./endpoint.ts";
import { DateTime, Line, Nullable, nextCursor, paging, SerialId } from "./fields.ts";

const PlatformIds = Type.Array(Type.String({ format: "uuid" }), {
  maxItems: 100,
  uniqueItems: true,
  description: "The platforms whose jobs it takes. A key without any takes none until it is bound.",
});

/** What is known of a worker key once it has been shown. */
const seen = {
  api_key_id: Type.Integer(),
  label: Type.String(),
  key: Type.String({ description: "Its first characters." }),
  user_id: Type.Integer({ description: "The administrator who made it." }),
  platform_ids: Type.Array(Type.String({ format: "uuid" })),
  created_at: DateTime,
  expires_at: Nullable(DateTime),
  is_revoked: Type.Boolean(),
  replaces: Nullable(Type.Integer({ description: "The id of the key that it was rotated from." })),
  last_used_at: Nullable(DateTime),
  last_used_address: Nullable(Type.String()),
};

export const WorkerKey = Type.Object(seen);
export type WorkerKey = Type.Static<typeof WorkerKey>;

const NewWorkerKey = Type.Object({
  ...seen,
  api_key: Type.String({ description: "The key itself, shown this once." }),
});

const Duration = Type.Integer({
  minimum: 1,
  maximum: 365 * 86_400,
  description: "Seconds it lives: a year if left out.",
});

const administered = { tag: "Worker keys", callers: ["admin"] } as const;
const one = {
  ...administered,
  path: "/admin/api-keys/{id}",
  params: Type.Object({ id: SerialId({ description: "The key's id." }) }),
} as const;

export const createWorkerKey = endpoint({
  ...administered,
  operationId: "createWorkerKey",
  recentLogin: true,
  method: "POST",
  path: "/admin/api-keys",
  summary: "Create a key for a worker",
  body: Type.Object(
    {
      label: Type.Optional(Nullable(Line({ minLength: 1 }))),
      duration: Type.Optional(Nullable(Duration)),
      platform_ids: Type.Optional(PlatformIds),
    },
    { additionalProperties: false },
  ),
  response: NewWorkerKey,
  problems: ["platform_not_found"],
});

export const listWorkerKeys = endpoint({
  ...administered,
  operationId: "listWorkerKeys",
  method: "GET",
  path: "/admin/api-keys",
  summary: "List worker keys, the newest first",
  query: Type.Object({
    platform_id: Type.Optional(Type.String({ format: "uuid" })),
    include_expired: Type.Optional(Type.Boolean({ default: true })),
    ...paging,
  }),
  response: Type.Object({ api_keys: Type.Array(WorkerKey), ...nextCursor }),
  problems: [],
});

export const getWorkerKey = endpoint({
  ...one,
  operationId: "getWorkerKey",
  method: "GET",
  summary: "Read a worker key",
  response: WorkerKey,
  problems: ["worker_key_not_found"],
});

export const bindWorkerKey = endpoint({
  ...one,
  operationId: "bindWorkerKey",
  recentLogin: true,
  method: "PUT",
  path: "/admin/api-keys/{id}/platforms",
  summary: "Say which platforms' jobs a worker key takes",
  body: Type.Object({ platform_ids: PlatformIds }, { additionalProperties: false }),
  response: WorkerKey,
  problems: ["worker_key_not_found", "platform_not_found"],
});

export const deleteWorkerKey = endpoint({
  ...one,
  operationId: "deleteWorkerKey",
  method: "DELETE",
  summary: "End a worker key, from its next request on",
  response: Type.Object({ message: Type.String() }),
  problems: ["worker_key_not_found"],
});

const rotation = {
  body: Type.Object(
    {
      overlap: Type.Optional(
        Type.Integer({
          minimum: 0,
          maximum: 86_400,
          description: "Seconds for which the old key still works: an hour if left out.",
        }),
      ),
    },
    { additionalProperties: false },
  ),
  response: NewWorkerKey,
} as const;

export const rotateWorkerKey = endpoint({
  ...one,
  ...rotation,
  operationId: "rotateWorkerKey",
  recentLogin: true,
  method: "POST",
  path: "/admin/api-keys/{id}/rotate",
  summary: "Replace a worker key by a new one of the same platforms and duration",
  problems: ["worker_key_not_found", "worker_key_replaced"],
});

export const rotateOwnWorkerKey = endpoint({
  ...administered,
  ...rotation,
  callers: ["worker"],
  operationId: "rotateOwnWorkerKey",
  method: "POST",
  path: "/admin/api-keys/rotate",
  summary: "Replace the worker key that is used by a new one of the same platforms and duration",
  problems: ["worker_key_replaced"],
});
