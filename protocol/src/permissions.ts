import Type from "typebox";
import { endpoint } from "./endpoint.ts";
import { nextCursor, paging, SerialId } from "./fields.ts";

const PlatformId = Type.String({ format: "uuid" });

export const Permission = Type.Object({
  user_id: Type.Integer(),
  email: Type.String(),
  platform_id: PlatformId,
  platform_name: Type.String(),
});
export type Permission = Type.Static<typeof Permission>;

const shared = { tag: "Permissions", path: "/api/platform-permissions", problemFormat: "perceval" } as const;
const pair = { user_id: SerialId(), platform_id: PlatformId };

export const listPermissions = endpoint({
  ...shared,
  operationId: "listPermissions",
  method: "GET",
  summary: "List which platforms the account may use",
  description: "Administrators who have logged in read everybody's.",
  callers: ["job_token", "user", "admin"],
  query: Type.Object({
    user_id: Type.Optional(SerialId({ description: "For administrators: of this account only." })),
    platform_id: Type.Optional(PlatformId),
    ...paging,
  }),
  response: Type.Object({ permissions: Type.Array(Permission), ...nextCursor }),
  problems: [],
});

const granting = {
  ...shared,
  callers: ["admin"],
  body: Type.Object(pair, { additionalProperties: false }),
  response: Permission,
  problems: ["user_not_found", "platform_not_found"],
} as const;

export const grantPermission = endpoint({
  ...granting,
  operationId: "grantPermission",
  method: "POST",
  summary: "Let an account use a platform",
  description: "Granting what is granted already changes nothing.",
});

export const putPermission = endpoint({
  ...granting,
  operationId: "putPermission",
  method: "PUT",
  summary: "Let an account use a platform, as POST does",
});

export const withdrawPermission = endpoint({
  ...shared,
  operationId: "withdrawPermission",
  method: "DELETE",
  summary: "No longer let an account use a platform",
  description: "From the next request on. Its jobs there stay.",
  callers: ["admin"],
  query: Type.Object(pair),
  response: Type.Object({ message: Type.String() }),
  problems: ["permission_not_found"],
});
