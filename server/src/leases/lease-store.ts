import type { Queryable } from "../database/database.ts";
import { prepared } from "../database/prepared.ts";

export interface LeasedRow {
  readonly id: string;
  readonly name: string;
  readonly platform_name: string;
  readonly pcvl_version: string | null;
  readonly process_id: string | null;
  readonly payload: string;
  readonly attempt: number;
  readonly max_duration_s: number;
}

export interface NewLease {
  readonly platformIds: readonly string[];
  readonly keyId: number;
  readonly hash: Buffer;
  readonly ttlMs: number;
  /** Where the worker has named its fetch: what the lease can be derived from again. */
  readonly fetched: { readonly hash: Buffer; readonly nonce: Buffer } | null;
}

/**
 * Transition `acquire`: leases the job whose turn it is, by priority, then fair share between groups, then fair
 * share between the owners of the group, then age. The statement is the database's function of this name, with the
 * argument why it is right and takes the same time whatever waits.
 */
export async function acquireLease(db: Queryable, lease: NewLease): Promise<LeasedRow | undefined> {
  const { rows } = await db.query<LeasedRow>(
    prepared("select * from acquire_lease($1, $2, $3, $4, $5, $6)", [
      lease.platformIds,
      lease.keyId,
      lease.hash,
      lease.ttlMs,
      lease.fetched?.hash ?? null,
      lease.fetched?.nonce ?? null,
    ]),
  );
  return rows[0];
}

/** The live lease that this fetch was given, and what its id is derived from. */
export async function findFetchedLease(
  db: Queryable,
  fetchHash: Buffer,
): Promise<(LeasedRow & { readonly lease_nonce: Buffer; readonly left_ms: number }) | undefined> {
  const { rows } = await db.query<LeasedRow & { readonly lease_nonce: Buffer; readonly left_ms: number }>(
    `select j.id, j.name, p.name as platform_name, j.pcvl_version, j.process_id, j.attempt, j.max_duration_s,
            payload.payload, j.lease_nonce,
            greatest(0, extract(epoch from j.lease_until - cloud_now()) * 1000)::float8 as left_ms
       from jobs j
       join platforms p on p.id = j.platform_id
       join job_payloads payload on payload.job_id = j.id
      where j.fetch_hash = $1`,
    [fetchHash],
  );
  return rows[0];
}

/** What leases are derived from; drawn when the database is made, and again when it is restored. */
export async function readLeaseSecret(db: Queryable): Promise<Buffer> {
  const { rows } = await db.query<{ lease_secret: Buffer }>("select lease_secret from cluster");
  return rows[0]!.lease_secret;
}

/** Jobs of each platform that a worker could take now, counted as far as `most`. */
export async function countDueJobs(
  db: Queryable,
  platformIds: readonly string[],
  most: number,
): Promise<{ platform_id: string; jobs: number }[]> {
  const { rows } = await db.query<{ platform_id: string; jobs: number }>(
    `select platform.id as platform_id, due.jobs from unnest($1::uuid[]) as platform (id) cross join lateral (
       select count(*)::int as jobs from (
         select from jobs
          where platform_id = platform.id and state = 'waiting' and not_before <= (select cloud_now())
          limit $2) job) due
      where due.jobs > 0`,
    [platformIds, most],
  );
  return rows;
}
