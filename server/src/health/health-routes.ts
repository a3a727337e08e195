import { getHealth } from "@corbenic/protocol";
import type { Services } from "../app.ts";
import { type Route, route } from "../http/route.ts";

export function healthRoutes({ db, version }: Services): Route[] {
  return [
    route(getHealth, async () => {
      await db.query("select 1");
      return { status: "ok" as const, version };
    }),
  ];
}
