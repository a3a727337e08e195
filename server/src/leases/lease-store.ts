import type { Queryable } from "../database/database.ts";

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
 * Transition `acquire`: leases the first waiting job of the platforms, by priority and then age.
 *
 * It locks one row of the queue's index and skips rows that other workers have locked, so two workers asking at
 * once take two different jobs and neither waits. A job that another transaction is canceling is skipped too; a
 * job submitted while this runs may be missed, and is found at the next asking.
 */
export async function acquireLease(db: Queryable, lease: NewLease): Promise<LeasedRow | undefined> {
  const { rows } = await db.query<LeasedRow>(
    `with next as (
       select id from jobs
        where state = 'waiting' and not_before <= (select cloud_now())
          and platform_id in (select id from open_platforms where id = any($1::uuid[]))
        order by priority desc, created_at, id
        limit 1
          for update skip locked
     ), job as (
       update jobs set
         state = 'running',
         attempt = attempt + 1,
         attempts_counted = attempts_counted + 1,
         started_at = cloud_now(),
         progress = 0,
         progress_message = null,
         lease_hash = $2,
         lease_key_id = $3,
         lease_until = cloud_now() + make_interval(secs => $4::float8 / 1000),
         lease_ms = $4,
         fetch_hash = $5,
         lease_nonce = $6
         from next where jobs.id = next.id
       returning jobs.id, name, platform_id, pcvl_version, process_id, attempt, max_duration_s
     ), event as (
       insert into job_events (job_id, transition, to_state, attempt, actor, lease_hash)
       select id, 'acquire', 'running', attempt, 'worker', $2 from job
     )
     select job.id, job.name, p.name as platform_name, job.pcvl_version, job.process_id, job.attempt,
            job.max_duration_s, payload.payload
       from job
       join platforms p on p.id = job.platform_id
       join job_payloads payload on payload.job_id = job.id`,
    [
      lease.platformIds,
      lease.hash,
      lease.keyId,
      lease.ttlMs,
      lease.fetched?.hash ?? null,
      lease.fetched?.nonce ?? null,
    ],
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
