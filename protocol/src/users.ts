import Type from "typebox";
import { alias, type Endpoint, endpoint } from "./endpoint.ts";
import { DateTime, Line, Nullable, nextCursor, paging, SerialId } from "./fields.ts";

export const UserParams = Type.Object({ id: SerialId({ description: "The account's id." }) });

/** As HTML's `<input type=email>` takes them, in ASCII: two addresses that look alike are alike. */
export const Email = Type.String({
  maxLength: 254,
  pattern:
    "^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$",
  examples: ["ada@example.org"],
});

/** Its rules are the server's; this only bounds what is hashed. */
export const Password = Type.String({
  minLength: 1,
  maxLength: 1024,
  description: "At least 15 characters that are not made of well-known words or the account's own names.",
});

export const Priority = Type.Integer({
  minimum: 0,
  maximum: 10,
  description: "Jobs of a higher priority run before those of a lower one.",
});

const PlatformIds = Type.Array(Type.String({ format: "uuid" }), {
  maxItems: 1000,
  uniqueItems: true,
  description: "The platforms that the account may use.",
});

export const User = Type.Object({
  user_id: Type.Integer(),
  email: Type.String(),
  first_name: Type.String(),
  last_name: Type.String(),
  is_admin: Type.Boolean(),
  priority: Type.Integer(),
  company_id: Nullable(Type.Integer()),
  platform_ids: Type.Array(Type.String({ format: "uuid" })),
  enabled: Type.Boolean(),
  created_at: DateTime,
});
export type User = Type.Static<typeof User>;

const names = { first_name: Type.Optional(Line()), last_name: Type.Optional(Line()) };

const settings = {
  ...names,
  priority: Type.Optional(Priority),
  company_id: Type.Optional(Nullable(SerialId())),
  platform_ids: Type.Optional(PlatformIds),
  is_admin: Type.Optional(
    Type.Boolean({
      description: "Only what it is already, which is false for a new account: see setAdministrator.",
    }),
  ),
};

export const NewUser = Type.Object(
  {
    email: Email,
    password: Type.Optional({ ...Password, description: "Drawn and given back where it is left out." }),
    ...settings,
  },
  { additionalProperties: false },
);

export const UserChange = Type.Object(
  {
    email: Type.Optional(Email),
    ...settings,
    enabled: Type.Optional(
      Type.Boolean({
        description: "A disabled account's credentials stop at once and its waiting jobs are suspended.",
      }),
    ),
  },
  { additionalProperties: false, minProperties: 1 },
);
export type UserChange = Type.Static<typeof UserChange>;

const administered = { tag: "Users", callers: ["admin"], problemFormat: "perceval" } as const;

export const createUser = endpoint({
  ...administered,
  operationId: "createUser",
  method: "POST",
  path: "/api/users",
  summary: "Create an account",
  description: "Never an administrator: that right is granted to an account that exists.",
  body: NewUser,
  response: Type.Object({
    ...User.properties,
    password: Type.Optional(Type.String({ description: "The one that was drawn, shown this once." })),
  }),
  problems: [
    "email_taken",
    "password_refused",
    "administrator_protected",
    "company_not_found",
    "platform_not_found",
    "busy",
  ],
});

export const listUsers = endpoint({
  ...administered,
  operationId: "listUsers",
  method: "GET",
  path: "/api/users",
  summary: "List accounts",
  query: Type.Object({
    text: Type.Optional({ ...Line(), description: "Text that the email or a name contains, in any case." }),
    company_id: Type.Optional(SerialId()),
    is_admin: Type.Optional(Type.Boolean()),
    enabled: Type.Optional(Type.Boolean()),
    ...paging,
  }),
  response: Type.Object({ users: Type.Array(User), ...nextCursor }),
  problems: [],
});

const one = { ...administered, path: "/api/users/{id}", params: UserParams } as const;
const changing = {
  ...one,
  body: UserChange,
  response: User,
  problems: [
    "user_not_found",
    "email_taken",
    "administrator_protected",
    "last_administrator",
    "company_not_found",
    "platform_not_found",
  ],
} as const;

export const getUser = endpoint({
  ...one,
  operationId: "getUser",
  method: "GET",
  summary: "Read an account",
  response: User,
  problems: ["user_not_found"],
});

export const updateUser = endpoint({
  ...changing,
  operationId: "updateUser",
  method: "PATCH",
  summary: "Change an account",
  description: "Fields that are not given stay as they are.",
});

export const putUser = endpoint({
  ...changing,
  operationId: "putUser",
  method: "PUT",
  summary: "Change an account, as PATCH does",
});

export const deleteUser = endpoint({
  ...one,
  operationId: "deleteUser",
  method: "DELETE",
  summary: "Delete an account that is not an administrator's",
  description:
    "Its credentials are revoked and its jobs that have not ended are canceled. What it did is kept, and its email can be used again.",
  response: Type.Object({
    message: Type.String(),
    jobs_canceled: Type.Integer(),
    credentials_revoked: Type.Integer(),
  }),
  problems: ["user_not_found", "administrator_protected"],
});

/** The same operations under the path that some clients know. */
const older = <const E extends Endpoint>(endpoint: E): E =>
  alias(endpoint, {
    operationId: `${endpoint.operationId}Old`,
    path: "/api/user/{id}",
    deprecated: true,
  });
export const getUserOld = older(getUser);
export const updateUserOld = older(updateUser);
export const putUserOld = older(putUser);
export const deleteUserOld = older(deleteUser);

export const setAdministrator = endpoint({
  tag: "Administration",
  callers: ["admin"],
  operationId: "setAdministrator",
  method: "PUT",
  path: "/admin/users/{id}/administrator",
  summary: "Grant an account the rights of an administrator, or withdraw them",
  params: UserParams,
  body: Type.Object({ is_admin: Type.Boolean() }, { additionalProperties: false }),
  response: User,
  problems: ["user_not_found", "last_administrator"],
});

const self = { tag: "Users", callers: ["user", "admin"], problemFormat: "perceval" } as const;

export const getSelf = endpoint({
  ...self,
  operationId: "getSelf",
  method: "GET",
  path: "/api/user",
  summary: "Read the account one has logged in to",
  response: User,
  problems: [],
});

export const updateSelf = endpoint({
  ...self,
  operationId: "updateSelf",
  method: "PATCH",
  path: "/api/user",
  summary: "Change one's own names or password",
  description: "A new password needs the current one, and ends all other logins.",
  body: Type.Object(
    { ...names, password: Type.Optional(Password), current_password: Type.Optional(Password) },
    { additionalProperties: false, minProperties: 1 },
  ),
  response: User,
  problems: ["current_password_refused", "password_refused", "login_delayed", "busy"],
});
