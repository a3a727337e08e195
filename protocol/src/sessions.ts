import Type from "typebox";
import { endpoint } from "./endpoint.ts";
import { DateTime } from "./fields.ts";
import { logIn } from "./logins.ts";

const session = { tag: "Login", path: "/api/session", problemFormat: "perceval" } as const;

export const beginSession = endpoint({
  ...session,
  operationId: "beginSession",
  method: "POST",
  summary: "Log in to the web console",
  description:
    "As logIn does, but the login token goes into a cookie that no script can read. The cookie counts only in requests of the console itself, which name themselves with a header that other sites cannot send.",
  callers: "anyone",
  body: logIn.body,
  response: Type.Object({ user_id: Type.Integer(), is_admin: Type.Boolean(), expires_at: DateTime }),
  problems: logIn.problems,
});

export const endSession = endpoint({
  ...session,
  operationId: "endSession",
  method: "DELETE",
  summary: "End the login whose token is used, and take the cookie away",
  callers: ["user", "admin"],
  response: Type.Object({ message: Type.String() }),
  problems: [],
});
