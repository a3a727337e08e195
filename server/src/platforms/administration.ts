import { createHash } from "node:crypto";
import { type ManagedPlatform, type PlatformChange, Problem } from "@corbenic/protocol";
import type pg from "pg";
import type { Actor } from "../audit/actor.ts";
import { recordChange } from "../audit/audit-store.ts";
import type { Principal } from "../credentials/credentials.ts";
import { inTransaction } from "../database/transaction.ts";
import * as store from "./administration-store.ts";
import { present } from "./platform.ts";
import { announcePlatform, type PlatformAnnouncement } from "./platform-store.ts";
import { checkPerfs, checkSpecs } from "./specs.ts";

/** Who changes a platform: an administrator, or a worker that says something of its own. */
export interface Manager {
  readonly principal: Principal;
  readonly actor: Actor;
}

/** What a worker may say of a platform that it serves. */
const ofWorkers: readonly string[] = ["specs", "perfs", "status"] satisfies (keyof PlatformChange)[];

/** What the audit trail keeps of a platform. Its perfs are measured again and again, and no decision of anybody. */
const audited = [
  "name",
  "type",
  "set_status",
  "visibility",
  "limits",
  "unreachable_after_s",
  "legacy_single",
  "flag",
  "specs",
] as const;

export function reachOf({ kind, credentialId }: Principal): store.Reach {
  return kind === "admin" ? null : credentialId;
}

export async function requireManaged(
  db: pg.Pool | pg.PoolClient,
  reach: store.Reach,
  id: string,
): Promise<store.ManagedPlatformRow> {
  const platform = await store.findManagedPlatform(db, reach, id);
  if (platform === undefined) throw noPlatform(id);
  return platform;
}

export function noPlatform(id: string): Problem {
  return new Problem("platform_not_found", `There is no platform ${id}.`, { detail: { platform_id: id } });
}

/** @throws {Problem} `not_allowed` when a worker announces what its key is not bound to */
export async function register(
  db: pg.Pool,
  { principal, actor }: Manager,
  announced: PlatformAnnouncement,
): Promise<store.ManagedPlatformRow> {
  checkSpecs(announced.specs);
  return inTransaction(db, async (client) => {
    const reach = reachOf(principal);
    if (reach !== null && (await store.findBoundPlatform(client, reach, announced.name)) === undefined) {
      throw new Problem("not_allowed", `This worker key may not announce ${announced.name}.`, {
        detail: { platform_name: announced.name },
      });
    }
    const known = await store.findPlatformNamed(client, announced.name);
    const before = known === undefined ? undefined : await requireManaged(client, null, known);
    const after = await requireManaged(client, null, await announcePlatform(client, announced));
    await audit(client, actor, before === undefined ? "platform.register" : "platform.update", before, after);
    return after;
  });
}

/**
 * Changes what is named of a platform.
 * @throws {Problem} `platform_not_found`, `not_allowed` for what a worker may not say, `platform_name_taken`
 */
export async function change(
  db: pg.Pool,
  { principal, actor }: Manager,
  id: string,
  wanted: PlatformChange,
): Promise<store.ManagedPlatformRow> {
  return inTransaction(db, async (client) => {
    await store.lockPlatform(client, id);
    const before = await requireManaged(client, reachOf(principal), id);
    if (principal.kind === "worker") refuseBeyondWorkers(wanted, before);
    if (wanted.specs !== undefined) checkSpecs(wanted.specs);
    if (wanted.perfs !== undefined) checkPerfs(wanted.perfs);
    if (wanted.name !== undefined && wanted.name !== before.name) await requireFree(client, wanted.name);
    await store.changePlatform(client, id, wanted);
    const after = await requireManaged(client, null, id);
    await audit(client, actor, "platform.update", before, after);
    return after;
  });
}

/** @returns how many of its jobs waited, and have ended in error */
export async function remove(db: pg.Pool, { actor }: Manager, id: string): Promise<number> {
  return inTransaction(db, async (client) => {
    await store.lockPlatform(client, id);
    const before = await requireManaged(client, null, id);
    await store.deletePlatform(client, id);
    const jobs = await store.expireJobsOfDeletedPlatforms(client);
    await audit(client, actor, "platform.delete", before, undefined);
    return jobs;
  });
}

export function presentManaged(row: store.ManagedPlatformRow): ManagedPlatform {
  return {
    ...present(row),
    platform_id: row.id,
    visibility: row.visibility,
    set_status: row.set_status,
    unreachable_after_s: row.unreachable_after_s,
    worker_id: row.worker_id,
    last_fetch_at: row.last_fetch_at,
    created_at: row.created_at,
    legacy_single: row.legacy_single,
    flag: row.flag,
  };
}

function refuseBeyondWorkers(wanted: PlatformChange, { name, set_status }: store.ManagedPlatformRow): void {
  const beyond = Object.keys(wanted).filter((field) => !ofWorkers.includes(field));
  if (beyond.length > 0) {
    const sentence = `A worker may not change ${beyond.join(", ")} of a platform, only ${ofWorkers.join(", ")}.`;
    throw new Problem("not_allowed", sentence, { detail: { fields: beyond, allowed: ofWorkers } });
  }
  if (wanted.status !== undefined && (wanted.status === "retired") !== (set_status === "retired")) {
    throw new Problem("not_allowed", `Only an administrator retires ${name}, or takes it back.`, {
      detail: { status: set_status },
    });
  }
}

async function requireFree(client: pg.PoolClient, name: string): Promise<void> {
  if ((await store.findPlatformNamed(client, name)) !== undefined) throw nameTaken(name);
}

export function nameTaken(name: string): Problem {
  return new Problem("platform_name_taken", `Another platform is called ${name}.`, { detail: { name } });
}

/** Records the fields that differ; nothing when none does. */
async function audit(
  client: pg.PoolClient,
  actor: Actor,
  action: string,
  before: store.ManagedPlatformRow | undefined,
  after: store.ManagedPlatformRow | undefined,
): Promise<void> {
  const text = (row: store.ManagedPlatformRow | undefined, field: (typeof audited)[number]) =>
    JSON.stringify(row?.[field]);
  const changed = audited.filter((field) => text(before, field) !== text(after, field));
  if (changed.length === 0) return;
  const pick = (row: store.ManagedPlatformRow | undefined) =>
    row && Object.fromEntries(changed.map((field) => [field, abridged(row[field])]));
  const object = `platform:${(after ?? before)!.id}`;
  await recordChange(client, actor, { action, object, before: pick(before), after: pick(after) });
}

/** A circuit of a megabyte is told apart by its digest. */
function abridged(value: unknown): unknown {
  const text = JSON.stringify(value);
  if (text.length <= 4096) return value;
  return { bytes: Buffer.byteLength(text), sha256: createHash("sha256").update(text).digest("hex") };
}
