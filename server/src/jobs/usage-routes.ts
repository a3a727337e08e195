import { getJobUsage, Problem } from "@corbenic/protocol";
import type { Services } from "../app.ts";
import { readInstant } from "../http/instant.ts";
import { type Route, route } from "../http/route.ts";
import { readJobUsage } from "./usage-store.ts";

const dayMs = 86_400_000;
const days = { unlessTold: 30, max: 366 };

/** What an account's jobs took. */
export function usageRoutes({ db }: Services): Route[] {
  return [
    route(getJobUsage, async ({ principal, query }) => {
      const until = readInstant(query.end_time, "query.end_time") ?? new Date();
      const since =
        readInstant(query.start_time, "query.start_time") ??
        new Date(until.getTime() - days.unlessTold * dayMs);
      const asked = (until.getTime() - since.getTime()) / dayMs;
      if (asked > days.max) {
        throw new Problem(
          "invalid_request",
          `Usage is told of ${days.max} days at most, and from start_time to end_time there are ${Math.ceil(asked)}.`,
          { detail: { path: "query.start_time", allowed_days: days.max } },
        );
      }
      return { usage: await readJobUsage(db, principal.userId, { since, until }) };
    }),
  ];
}
