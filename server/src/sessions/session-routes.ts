import { beginSession, endSession } from "@corbenic/protocol";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Services } from "../app.ts";
import { actorOf, declared, type Route } from "../http/route.ts";
import { logIn, logOut } from "../logins/login.ts";
import { noSessionCookie, sessionCookie } from "./session-cookie.ts";

/** The login and logout of the console. They set a cookie, which no other operation does. */
export function sessionRoutes(services: Services): Route[] {
  return [
    {
      endpoint: beginSession,
      register(app) {
        app.route({
          ...declared(beginSession, services),
          async handler(request: FastifyRequest, reply: FastifyReply) {
            const body = request.body as { email: string; password: string };
            const { token, account, expiresAt } = await logIn(services, actorOf(request), body);
            const lastsS = Math.ceil((expiresAt.getTime() - Date.now()) / 1_000);
            reply.header("set-cookie", sessionCookie(request, token, lastsS));
            return { user_id: account.id, is_admin: account.is_admin, expires_at: expiresAt.toISOString() };
          },
        });
      },
    },
    {
      endpoint: endSession,
      register(app) {
        app.route({
          ...declared(endSession, services),
          async handler(request: FastifyRequest, reply: FastifyReply) {
            await logOut(services.db, actorOf(request));
            reply.header("set-cookie", noSessionCookie(request));
            return { message: "Logged out." };
          },
        });
      },
    },
  ];
}
