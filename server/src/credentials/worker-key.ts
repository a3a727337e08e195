import { Problem, type WorkerKey } from "@corbenic/protocol";
import type pg from "pg";
import type { Actor } from "../audit/actor.ts";
import { recordChange } from "../audit/audit-store.ts";
import { inTransaction } from "../database/transaction.ts";
import { requirePlatforms } from "../permissions/permission.ts";
import { issueCredential } from "./credentials.ts";
import * as store from "./worker-key-store.ts";

const defaultDurationS = 365 * 86_400;

/** A key that has just been made, with the secret that nobody sees again. */
export interface IssuedKey {
  readonly key: store.WorkerKeyRow;
  readonly secret: string;
}

export function present(row: store.WorkerKeyRow): WorkerKey {
  return {
    api_key_id: row.id,
    label: row.label,
    key: row.shown_prefix,
    user_id: row.user_id,
    platform_ids: row.platform_ids,
    created_at: row.created_at.toISOString(),
    expires_at: row.expires_at?.toISOString() ?? null,
    is_revoked: row.is_revoked,
    replaces: row.replaces,
    last_used_at: row.last_used_at?.toISOString() ?? null,
    last_used_address: row.last_used_address,
  };
}

export function presentIssued({ key, secret }: IssuedKey) {
  return { ...present(key), api_key: secret };
}

/** @throws {Problem} `worker_key_not_found` */
export function there(row: store.WorkerKeyRow | undefined, id: number): store.WorkerKeyRow {
  if (row !== undefined) return row;
  throw new Problem("worker_key_not_found", `There is no worker key ${id}.`, { detail: { api_key_id: id } });
}

/** @throws {Problem} `platform_not_found` */
export async function createWorkerKey(
  pool: pg.Pool,
  actor: Actor & { readonly userId: number },
  key: { label: string | undefined; durationS: number | undefined; platformIds: readonly string[] },
): Promise<IssuedKey> {
  return inTransaction(pool, async (client) => {
    const durationS = key.durationS ?? defaultDurationS;
    const { id, secret } = await issueCredential(client, {
      kind: "worker",
      label: key.label,
      userId: actor.userId,
      durationS,
    });
    await requirePlatforms(client, key.platformIds);
    await store.replaceKeyPlatforms(client, id, key.platformIds);
    const created = there(await store.findWorkerKey(client, id), id);
    await recordChange(client, actor, {
      action: "worker_key.create",
      object: `worker_key:${id}`,
      after: { label: created.label, platform_ids: created.platform_ids, duration_s: durationS },
    });
    return { key: created, secret };
  });
}

/** @throws {Problem} `worker_key_not_found` or `platform_not_found` */
export async function bindWorkerKey(
  pool: pg.Pool,
  actor: Actor,
  id: number,
  platformIds: readonly string[],
): Promise<store.WorkerKeyRow> {
  return inTransaction(pool, async (client) => {
    const before = there(await store.lockWorkerKey(client, id), id);
    await requirePlatforms(client, platformIds);
    await store.replaceKeyPlatforms(client, id, platformIds);
    const after = there(await store.findWorkerKey(client, id), id);
    await recordChange(client, actor, {
      action: "worker_key.bind",
      object: `worker_key:${id}`,
      before: { platform_ids: before.platform_ids },
      after: { platform_ids: after.platform_ids },
    });
    return after;
  });
}

/** @throws {Problem} `worker_key_not_found` */
export async function deleteWorkerKey(pool: pg.Pool, actor: Actor, id: number): Promise<void> {
  await inTransaction(pool, async (client) => {
    const { label, platform_ids } = there(await store.lockWorkerKey(client, id), id);
    await store.endWorkerKey(client, id);
    await recordChange(client, actor, {
      action: "worker_key.delete",
      object: `worker_key:${id}`,
      before: { label, platform_ids },
    });
  });
}

/**
 * Replaces a key by a new one of the same account, label, platforms and duration. The old one works during the
 * overlap, and is not rotated again: of a key that leaked, one line of successors can be found and ended.
 * @throws {Problem} `worker_key_not_found` or `worker_key_replaced`
 */
export async function rotateWorkerKey(
  pool: pg.Pool,
  actor: Actor,
  id: number,
  overlapS: number,
): Promise<IssuedKey> {
  return inTransaction(pool, async (client) => {
    const old = there(await store.lockWorkerKey(client, id), id);
    if (old.is_revoked || (await store.isReplaced(client, id))) {
      throw new Problem("worker_key_replaced", `The worker key ${id} was replaced or revoked already.`, {
        detail: { api_key_id: id },
      });
    }
    const { id: newId, secret } = await issueCredential(client, {
      kind: "worker",
      label: old.label,
      userId: old.user_id,
      durationS: old.duration_s ?? undefined,
    });
    await store.replaceKeyPlatforms(client, newId, old.platform_ids);
    await store.replaceKey(client, { oldId: id, newId, overlapS });
    await recordChange(client, actor, {
      action: "worker_key.rotate",
      object: `worker_key:${id}`,
      after: { replaced_by: newId, overlap_s: overlapS },
    });
    return { key: there(await store.findWorkerKey(client, newId), newId), secret };
  });
}
