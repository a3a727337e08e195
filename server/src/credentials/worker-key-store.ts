import type { Queryable } from "../database/database.ts";

export interface WorkerKeyRow {
  readonly id: number;
  readonly label: string;
  readonly shown_prefix: string;
  readonly user_id: number;
  readonly platform_ids: string[];
  readonly created_at: Date;
  readonly expires_at: Date | null;
  readonly is_revoked: boolean;
  readonly replaces: number | null;
  readonly last_used_at: Date | null;
  readonly last_used_address: string | null;
  readonly duration_s: number | null;
}

const view = `c.id, c.label, c.shown_prefix, c.user_id, c.created_at, c.expires_at, c.replaces, c.last_used_at,
  c.last_used_address, c.revoked_at is not null as is_revoked,
  array(select k.platform_id from worker_key_platforms k where k.credential_id = c.id order by 1) as platform_ids,
  extract(epoch from c.expires_at - c.created_at)::float8 as duration_s`;

const isKey = "c.kind = 'worker' and c.deleted_at is null";

export async function findWorkerKey(db: Queryable, id: number): Promise<WorkerKeyRow | undefined> {
  const { rows } = await db.query<WorkerKeyRow>(
    `select ${view} from credentials c where ${isKey} and c.id = $1`,
    [id],
  );
  return rows[0];
}

/** The key, held until the transaction ends. */
export async function lockWorkerKey(client: Queryable, id: number): Promise<WorkerKeyRow | undefined> {
  const { rows } = await client.query(
    `select from credentials c where ${isKey} and c.id = $1 for no key update`,
    [id],
  );
  return rows.length === 0 ? undefined : findWorkerKey(client, id);
}

export interface WorkerKeyFilter {
  readonly platformId: string | undefined;
  readonly includeExpired: boolean;
  /** Only keys made before the one of this id. */
  readonly beforeId: number | undefined;
  readonly limit: number;
}

/** The newest first. */
export async function listWorkerKeys(db: Queryable, filter: WorkerKeyFilter): Promise<WorkerKeyRow[]> {
  const { rows } = await db.query<WorkerKeyRow>(
    `select ${view} from credentials c
      where ${isKey}
        and ($1::uuid is null
             or exists (select from worker_key_platforms k where k.credential_id = c.id and k.platform_id = $1))
        and ($2 or c.expires_at is null or c.expires_at > clock_timestamp())
        and ($3::bigint is null or c.id < $3)
      order by c.id desc limit $4`,
    [filter.platformId ?? null, filter.includeExpired, filter.beforeId ?? null, filter.limit],
  );
  return rows;
}

/** Binds the key to these platforms and no others. */
export async function replaceKeyPlatforms(
  client: Queryable,
  id: number,
  platformIds: readonly string[],
): Promise<void> {
  await client.query(
    "delete from worker_key_platforms where credential_id = $1 and platform_id <> all($2::uuid[])",
    [id, platformIds],
  );
  await client.query(
    `insert into worker_key_platforms (credential_id, platform_id)
     select $1, id from unnest($2::uuid[]) id on conflict do nothing`,
    [id, platformIds],
  );
}

export async function isReplaced(client: Queryable, id: number): Promise<boolean> {
  const { rows } = await client.query("select from credentials where replaces = $1", [id]);
  return rows.length > 0;
}

/** Notes which key a new one replaces, and ends that one after the overlap, unless it ends before. */
export async function replaceKey(
  client: Queryable,
  { oldId, newId, overlapS }: { oldId: number; newId: number; overlapS: number },
): Promise<void> {
  await client.query("update credentials set replaces = $2 where id = $1", [newId, oldId]);
  await client.query(
    `update credentials set expires_at = least(expires_at, clock_timestamp() + make_interval(secs => $2))
      where id = $1`,
    [oldId, overlapS],
  );
}

export async function endWorkerKey(client: Queryable, id: number): Promise<void> {
  await client.query(
    `update credentials set revoked_at = coalesce(revoked_at, clock_timestamp()), deleted_at = clock_timestamp()
      where id = $1`,
    [id],
  );
}
