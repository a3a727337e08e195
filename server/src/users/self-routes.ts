import { getSelf, updateSelf } from "@corbenic/protocol";
import type { Services } from "../app.ts";
import { type Route, route } from "../http/route.ts";
import { changeSelf } from "./self.ts";
import { present, requireUser } from "./user.ts";

export function selfRoutes(services: Services): Route[] {
  return [
    route(getSelf, async ({ principal }) => present(await requireUser(services.db, principal.userId))),

    route(updateSelf, async ({ principal, actor, body }) =>
      present(await changeSelf(services, { principal, actor }, body)),
    ),
  ];
}
