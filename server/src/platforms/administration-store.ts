import type { PlatformChange, PlatformFlag, PlatformStatus, PlatformVisibility } from "@corbenic/protocol";
import type { Queryable } from "../database/database.ts";
import { instant } from "../http/cursor.ts";
import { type Page, type PlatformRow, shown } from "./platform-store.ts";

export interface ManagedPlatformRow extends PlatformRow {
  readonly visibility: PlatformVisibility;
  readonly set_status: PlatformStatus;
  readonly unreachable_after_s: number | null;
  readonly worker_id: string | null;
  readonly last_fetch_at: string | null;
  readonly created_at: string;
  readonly flag: PlatformFlag | null;
}

/** A worker key, whose platforms alone are in reach; null for all. */
export type Reach = number | null;

const managed = `${shown}, p.visibility, p.status as set_status, p.unreachable_after_s, p.worker_id, p.flag,
  ${instant("p.last_fetch_at")} as last_fetch_at, ${instant("p.created_at")} as created_at`;

/** SQL: whether platform `p` is in the reach of `$1`. */
const reachable = `p.deleted_at is null
  and ($1::int is null or exists (select from worker_key_platforms k where k.platform_id = p.id and k.credential_id = $1))`;

export async function findManagedPlatform(
  db: Queryable,
  reach: Reach,
  id: string,
): Promise<ManagedPlatformRow | undefined> {
  const { rows } = await db.query<ManagedPlatformRow>(
    `select ${managed} from platforms p where ${reachable} and p.id = $2`,
    [reach, id],
  );
  return rows[0];
}

/** The id of a platform that a key is bound to. */
export async function findBoundPlatform(
  db: Queryable,
  keyId: number,
  name: string,
): Promise<string | undefined> {
  const { rows } = await db.query<{ id: string }>(
    `select p.id from platforms p where ${reachable} and p.name = $2`,
    [keyId, name],
  );
  return rows[0]?.id;
}

export interface PlatformFilter {
  readonly status?: PlatformStatus | undefined;
  readonly type?: string | undefined;
  readonly visibility?: PlatformVisibility | undefined;
}

export async function listManagedPlatforms(
  db: Queryable,
  reach: Reach,
  filter: PlatformFilter,
  page: Page,
): Promise<ManagedPlatformRow[]> {
  const { rows } = await db.query<ManagedPlatformRow>(
    `select ${managed} from platforms p
      where ${reachable}
        and ($2::text is null or p.type = $2)
        and ($3::text is null or p.visibility = $3)
        and ($4::text is null or platform_status(p, clock_timestamp()) = $4)
        and ($5::text is null or p.name > $5)
      order by p.name limit $6`,
    [reach, filter.type ?? null, filter.visibility ?? null, filter.status ?? null, page.after, page.limit],
  );
  return rows;
}

/** Keeps others from changing the platform until the transaction has ended. */
export async function lockPlatform(client: Queryable, id: string): Promise<void> {
  await client.query("select from platforms where id = $1 for no key update", [id]);
}

/** Makes room for a name, until the transaction has ended. @returns the platform that has it */
export async function findPlatformNamed(client: Queryable, name: string): Promise<string | undefined> {
  const { rows } = await client.query<{ id: string }>(
    "select id from platforms where name = $1 and deleted_at is null for no key update",
    [name],
  );
  return rows[0]?.id;
}

/** Changes what is named. Limits are changed one by one, and null lifts one. */
export async function changePlatform(client: Queryable, id: string, change: PlatformChange): Promise<void> {
  const json = (value: unknown) => (value === undefined ? null : JSON.stringify(value));
  await client.query(
    `update platforms set
       name = coalesce($2, name), type = coalesce($3, type), status = coalesce($4, status),
       visibility = coalesce($5, visibility), specs = coalesce($6, specs), perfs = coalesce($7, perfs),
       limits = jsonb_strip_nulls(limits || coalesce($8::jsonb, '{}')),
       unreachable_after_s = case when $9 then $10 else unreachable_after_s end,
       flag = case when $11 then null else flag end,
       legacy_single = coalesce($12, legacy_single)
      where id = $1`,
    [
      id,
      change.name ?? null,
      change.type ?? null,
      change.status ?? null,
      change.visibility ?? null,
      json(change.specs),
      json(change.perfs),
      json(change.limits),
      change.unreachable_after_s !== undefined,
      change.unreachable_after_s ?? null,
      change.flag === null,
      change.legacy_single ?? null,
    ],
  );
}

/** Takes the platform from all who use it or serve it. Its row stays, for its jobs and its history. */
export async function deletePlatform(client: Queryable, id: string): Promise<void> {
  await client.query(
    `with permissions as (delete from platform_permissions where platform_id = $1),
          keys as (delete from worker_key_platforms where platform_id = $1)
     update platforms set status = 'retired', deleted_at = clock_timestamp() where id = $1`,
    [id],
  );
}

/**
 * Transition `expire`: ends the jobs of deleted platforms that wait for a worker who will not come. Rows that
 * another statement holds are passed over, and found at the next round.
 */
export async function expireJobsOfDeletedPlatforms(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ jobs: number }>(
    `with before as (
       select j.id, p.name from jobs j join platforms p on p.id = j.platform_id
        where p.deleted_at is not null and j.state in ('waiting', 'suspended')
        order by j.id for no key update of j skip locked
     ), job as (
       update jobs set state = 'error', ended_at = clock_timestamp(), error_code = 'platform_deleted',
                       status_message = 'The platform ' || before.name || ' was deleted.'
         from before where jobs.id = before.id
       returning jobs.id, jobs.attempt, jobs.status_message
     ), event as (
       insert into job_events (job_id, transition, to_state, attempt, actor, message)
       select id, 'expire', 'error', attempt, 'system', status_message from job
     )
     select count(*)::int as jobs from job`,
  );
  return rows[0]!.jobs;
}
