import {
  getPlatform,
  getPlatformAvailability,
  getPlatformPerfs,
  getPlatformProcessor,
  listPlatformMaintenance,
  listPlatforms,
  listPublicPlatforms,
} from "@corbenic/protocol";
import type { Services } from "../app.ts";
import { type Route, route } from "../http/route.ts";
import { presentAvailability } from "./availability.ts";
import * as availability from "./availability-store.ts";
import { listWindowsWithin } from "./maintenance-window-store.ts";
import { readPerfsHistory } from "./perfs-history-store.ts";
import { present, readPage, requirePlatform } from "./platform.ts";
import { listPlatformsFor } from "./platform-store.ts";

export function platformRoutes({ db }: Services): Route[] {
  const read = (endpoint: typeof getPlatform | typeof getPlatformProcessor) =>
    route(endpoint, async ({ principal, params }) =>
      present(await requirePlatform(db, principal, params.name)),
    );

  return [
    read(getPlatform),
    read(getPlatformProcessor),

    route(listPlatforms, async ({ principal, query }) => {
      const { shown, next_cursor } = await readPage(query, (page) => listPlatformsFor(db, principal, page));
      return { platforms: shown.map(present), next_cursor };
    }),

    route(listPublicPlatforms, async ({ query }) => {
      const { shown, next_cursor } = await readPage(query, (page) =>
        availability.listPublicPlatforms(db, page),
      );
      return { platforms: shown, next_cursor };
    }),

    route(getPlatformAvailability, async ({ principal, params, query: { per = "day", days = 30 } }) => {
      const { id, name } = await requirePlatform(db, principal, params.name);
      const shares = await availability.readStatusShares(db, id, { per, days });
      return presentAvailability(name, per, shares);
    }),

    route(getPlatformPerfs, async ({ principal, params, query: { days = 30, points = 200 } }) => {
      const { id, name } = await requirePlatform(db, principal, params.name);
      return { platform_name: name, snapshots: await readPerfsHistory(db, id, { days, points }) };
    }),

    route(listPlatformMaintenance, async ({ principal, params, query: { start, end } }) => {
      const { id } = await requirePlatform(db, principal, params.name);
      return { windows: await listWindowsWithin(db, id, { start, end }) };
    }),
  ];
}
