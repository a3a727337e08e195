import {
  createMaintenanceWindow,
  deleteMaintenanceWindow,
  listMaintenanceWindows,
  updateMaintenanceWindow,
} from "@corbenic/protocol";
import type { Services } from "../app.ts";
import { decodeCursor, encodeCursor, keyForms } from "../http/cursor.ts";
import { type Route, route } from "../http/route.ts";
import { requireManaged } from "./administration.ts";
import { cancelMaintenance, changeMaintenance, planMaintenance } from "./maintenance-window.ts";
import { listWindows } from "./maintenance-window-store.ts";

export function maintenanceWindowRoutes({ db, queueSignal }: Services): Route[] {
  return [
    route(listMaintenanceWindows, async ({ params, query: { past = false, limit = 50, cursor } }) => {
      await requireManaged(db, null, params.id);
      const keys = decodeCursor(cursor, "end", [keyForms.instant, keyForms.uuid]);
      const after = keys === undefined ? null : ([keys[0]!, keys[1]!] as const);
      const windows = await listWindows(db, params.id, { past, after, limit: limit + 1 });
      const shown = windows.slice(0, limit);
      const last = windows.length > limit ? shown.at(-1) : undefined;
      return {
        windows: shown,
        next_cursor: last === undefined ? null : encodeCursor("end", [last.end, last.id]),
      };
    }),

    route(createMaintenanceWindow, ({ actor, params, body }) => planMaintenance(db, actor, params.id, body)),

    route(updateMaintenanceWindow, async ({ actor, params, body }) => {
      const window = await changeMaintenance(db, actor, params.id, body);
      queueSignal.raise(window.platform_id);
      return window;
    }),

    route(deleteMaintenanceWindow, async ({ actor, params }) => {
      const window = await cancelMaintenance(db, actor, params.id);
      queueSignal.raise(window.platform_id);
      return { message: "The maintenance window is deleted." };
    }),
  ];
}
