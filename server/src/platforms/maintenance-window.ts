import { Problem } from "@corbenic/protocol";
import type pg from "pg";
import type { Actor } from "../audit/actor.ts";
import { recordChange } from "../audit/audit-store.ts";
import { inTransaction } from "../database/transaction.ts";
import { requireManaged } from "./administration.ts";
import { lockPlatform } from "./administration-store.ts";
import * as store from "./maintenance-window-store.ts";

export interface WantedWindow {
  readonly start: string;
  readonly end: string;
  readonly reason?: string | undefined;
}

/** Far more than anybody plans; beyond it are instants that databases cannot keep. */
const earliest = new Date("2000-01-01T00:00:00Z");
const latest = new Date("2200-01-01T00:00:00Z");

/** @throws {Problem} `platform_not_found` or `invalid_window` */
export async function planMaintenance(
  db: pg.Pool,
  actor: Actor,
  platformId: string,
  wanted: WantedWindow,
): Promise<store.MaintenanceWindowRow> {
  return inTransaction(db, async (client) => {
    await lockPlatform(client, platformId);
    await requireManaged(client, null, platformId);
    const window = await store.insertWindow(client, platformId, timesOf(wanted));
    if (window === undefined) throw over(wanted.end);
    await audit(client, actor, "platform.maintenance.plan", undefined, window);
    return window;
  });
}

/** @throws {Problem} `window_not_found` or `invalid_window` */
export async function changeMaintenance(
  db: pg.Pool,
  actor: Actor,
  id: string,
  wanted: Partial<WantedWindow>,
): Promise<store.MaintenanceWindowRow> {
  return inTransaction(db, async (client) => {
    const before = await requireWindow(client, id);
    const merged = { ...before, ...wanted };
    const after = await store.changeWindow(client, id, timesOf(merged));
    if (after === undefined) throw over(merged.end);
    await audit(client, actor, "platform.maintenance.change", before, after);
    return after;
  });
}

/** @throws {Problem} `window_not_found` */
export async function cancelMaintenance(
  db: pg.Pool,
  actor: Actor,
  id: string,
): Promise<store.MaintenanceWindowRow> {
  return inTransaction(db, async (client) => {
    const before = await requireWindow(client, id);
    await store.deleteWindow(client, id);
    await audit(client, actor, "platform.maintenance.cancel", before, undefined);
    return before;
  });
}

async function requireWindow(client: pg.PoolClient, id: string): Promise<store.MaintenanceWindowRow> {
  const window = await store.lockWindow(client, id);
  if (window !== undefined) return window;
  throw new Problem("window_not_found", `There is no maintenance window ${id}.`, {
    detail: { window_id: id },
  });
}

function timesOf({ start, end, reason = "" }: WantedWindow): store.WindowTimes {
  const times = { start: new Date(start), end: new Date(end), reason };
  for (const [name, time] of Object.entries({ start: times.start, end: times.end })) {
    if (!(time >= earliest && time < latest)) {
      throw new Problem("invalid_window", `The ${name} of the window is no time between 2000 and 2200.`, {
        detail: { start, end },
      });
    }
  }
  if (times.end <= times.start) {
    throw new Problem("invalid_window", `The window ends (${end}) before it starts (${start}).`, {
      detail: { start, end },
    });
  }
  return times;
}

function over(end: string): Problem {
  return new Problem("invalid_window", `The window would be over already: it ends ${end}.`, {
    detail: { end },
  });
}

async function audit(
  client: pg.PoolClient,
  actor: Actor,
  action: string,
  before: store.MaintenanceWindowRow | undefined,
  after: store.MaintenanceWindowRow | undefined,
): Promise<void> {
  const object = `platform:${(after ?? before)!.platform_id}`;
  await recordChange(client, actor, { action, object, before, after });
}
