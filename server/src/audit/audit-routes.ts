import { listAuditEvents } from "@corbenic/protocol";
import type { Services } from "../app.ts";
import { readIdPage } from "../http/id-page.ts";
import { readInstant } from "../http/instant.ts";
import { type Route, route } from "../http/route.ts";
import * as store from "./audit-store.ts";

export function auditRoutes({ db }: Services): Route[] {
  return [
    route(listAuditEvents, async ({ query }) => {
      const { rows, next_cursor } = await readIdPage("audit", query, (beforeId, limit) =>
        store.listAuditEvents(db, {
          action: query.action,
          object: query.object,
          userId: query.user_id,
          since: readInstant(query.since, "query.since"),
          until: readInstant(query.until, "query.until"),
          beforeId,
          limit,
        }),
      );
      const events = rows.map(({ id, at, ...rest }) => ({ event_id: id, at: at.toISOString(), ...rest }));
      return { events, next_cursor };
    }),
  ];
}
