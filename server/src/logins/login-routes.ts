import { bootstrap, logIn, logOut, offerPasswordReset, resetPassword } from "@corbenic/protocol";
import type { Services } from "../app.ts";
import { type Route, route } from "../http/route.ts";
import { claimBootstrap } from "../setup/bootstrap.ts";
import * as login from "./login.ts";
import * as reset from "./password-reset.ts";

export function loginRoutes(services: Services): Route[] {
  const { db } = services;
  return [
    route(logIn, async ({ actor, body }) => {
      const { token, account, expiresAt } = await login.logIn(services, actor, body);
      return {
        token,
        user_id: account.id,
        is_admin: account.is_admin,
        expires_at: expiresAt.toISOString(),
      };
    }),

    route(logOut, async ({ actor }) => {
      await login.logOut(db, actor);
      return { message: "Logged out." };
    }),

    route(offerPasswordReset, async ({ actor, params }) => {
      const { secret, expiresAt } = await reset.offerPasswordReset(db, actor, params.id);
      return { secret, expires_at: expiresAt.toISOString() };
    }),

    route(resetPassword, async ({ actor, body }) => {
      await reset.resetPassword(db, actor, body);
      return { message: "The password is set: log in with it." };
    }),

    route(bootstrap, async ({ actor, body }) => ({
      user_id: await claimBootstrap(db, actor, body),
      email: body.email,
    })),
  ];
}
