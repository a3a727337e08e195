import Type from "typebox";
import { endpoint } from "./endpoint.ts";
import { DateTime } from "./fields.ts";
import { Email, Password, UserParams } from "./users.ts";

const auth = { tag: "Login", problemFormat: "perceval" } as const;

/** A secret that is good once, such as `cbn_o_…`. */
const OneTimeSecret = Type.String({ maxLength: 64, description: "Good once, and for an hour at most." });

const Done = Type.Object({ message: Type.String() });

export const logIn = endpoint({
  ...auth,
  operationId: "logIn",
  method: "POST",
  path: "/api/login",
  summary: "Log in with email and password",
  description:
    "Gives a login token, good for 12 hours and ended by 2 hours without use. After failures an account can be tried from one place only after growing pauses.",
  callers: "anyone",
  body: Type.Object(
    { email: Type.String({ maxLength: 254 }), password: Type.String({ maxLength: 1024 }) },
    { additionalProperties: false },
  ),
  response: Type.Object({
    token: Type.String({ description: "Shown this once." }),
    user_id: Type.Integer(),
    is_admin: Type.Boolean(),
    expires_at: DateTime,
  }),
  problems: ["login_refused", "login_delayed", "busy"],
});

export const logOut = endpoint({
  ...auth,
  operationId: "logOut",
  method: "POST",
  path: "/api/logout",
  summary: "End the login whose token is used",
  callers: ["user", "admin"],
  response: Done,
  problems: [],
});

export const offerPasswordReset = endpoint({
  tag: "Administration",
  operationId: "offerPasswordReset",
  method: "POST",
  path: "/admin/users/{id}/password-reset",
  summary: "Draw a secret with which somebody sets a new password",
  description: "To be handed to them: administrators do not set other people's passwords.",
  callers: ["admin"],
  params: UserParams,
  response: Type.Object({ secret: OneTimeSecret, expires_at: DateTime }),
  problems: ["user_not_found"],
});

export const resetPassword = endpoint({
  ...auth,
  operationId: "resetPassword",
  method: "POST",
  path: "/api/password-reset",
  summary: "Set a new password with a secret that an administrator handed over",
  description: "Ends all logins of the account.",
  callers: "anyone",
  body: Type.Object({ secret: OneTimeSecret, password: Password }, { additionalProperties: false }),
  response: Done,
  problems: ["secret_refused", "password_refused", "login_delayed", "busy"],
});

export const bootstrap = endpoint({
  ...auth,
  operationId: "bootstrap",
  method: "POST",
  path: "/api/bootstrap",
  summary: "Create the first administrator with the secret that the server printed",
  callers: "anyone",
  body: Type.Object(
    { secret: OneTimeSecret, email: Email, password: Password },
    { additionalProperties: false },
  ),
  response: Type.Object({ user_id: Type.Integer(), email: Type.String() }),
  problems: ["secret_refused", "email_taken", "password_refused", "login_delayed", "busy"],
});
