import { getHealth, getLiveness, Problem } from "@corbenic/protocol";
import type { Services } from "../app.ts";
import { listMigrations } from "../database/migrate.ts";
import { type Route, route } from "../http/route.ts";
import { checkReadiness } from "./readiness.ts";

export function healthRoutes({ db, version }: Services): Route[] {
  const schemaVersion = listMigrations().at(-1)?.version ?? 0;
  return [
    route(getHealth, async () => {
      const { ready } = await checkReadiness(db, schemaVersion);
      // What is wrong is for operators to know, not for everybody.
      if (!ready) throw new Problem("not_ready", "The cloud cannot serve requests at this moment.");
      return { status: "ok" as const, version };
    }),

    route(getLiveness, () => ({ status: "ok" as const })),
  ];
}
