import type { JobState } from "@corbenic/protocol";
import type { Queryable } from "../database/database.ts";

/**
 * Every statement here that reports on a lease names it in its `where`, with the states in which it counts:
 * a worker that lost its lease changes nothing, and no rows is an answer.
 */

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

/**
 * Transition `acquire`: leases the first waiting job of the platforms, by priority and then age.
 *
 * It locks one row of the queue's index and skips rows that other workers have locked, so two workers asking at
 * once take two different jobs and neither waits. A job that another transaction is canceling is skipped too; a
 * job submitted while this runs may be missed, and is found at the next asking.
 */
export async function acquireLease(
  db: Queryable,
  lease: { platformIds: readonly string[]; keyId: number; hash: Buffer; ttlMs: number },
): Promise<LeasedRow | undefined> {
  const { rows } = await db.query<LeasedRow>(
    `with next as (
       select id from jobs
        where state = 'waiting' and not_before <= clock_timestamp()
          and platform_id in (select id from open_platforms where id = any($1::uuid[]))
        order by priority desc, created_at, id
        limit 1
          for update skip locked
     ), job as (
       update jobs set
         state = 'running',
         attempt = attempt + 1,
         attempts_counted = attempts_counted + 1,
         started_at = clock_timestamp(),
         progress = 0,
         progress_message = null,
         lease_hash = $2,
         lease_key_id = $3,
         lease_until = clock_timestamp() + make_interval(secs => $4::float8 / 1000)
         from next where jobs.id = next.id
       returning jobs.id, name, platform_id, pcvl_version, process_id, attempt, max_duration_s
     ), event as (
       insert into job_events (job_id, transition, to_state, attempt, actor)
       select id, 'acquire', 'running', attempt, 'worker' from job
     )
     select job.id, job.name, p.name as platform_name, job.pcvl_version, job.process_id, job.attempt,
            job.max_duration_s, payload.payload
       from job
       join platforms p on p.id = job.platform_id
       join job_payloads payload on payload.job_id = job.id`,
    [lease.platformIds, lease.hash, lease.keyId, lease.ttlMs],
  );
  return rows[0];
}

/** Transition `renew`. A late renewal counts as long as nobody else has got the job meanwhile. */
export async function renewLease(
  db: Queryable,
  renewal: { jobId: string; hash: Buffer; ttlMs: number; progress: number | null; message: string | null },
): Promise<JobState | undefined> {
  const { rows } = await db.query<{ state: JobState }>(
    `update jobs set
       lease_until = clock_timestamp() + make_interval(secs => $3::float8 / 1000),
       progress = greatest(progress, coalesce($4, progress)),
       progress_message = coalesce($5, progress_message)
      where id = $1 and lease_hash = $2 and state in ('running', 'cancel_requested')
     returning state`,
    [renewal.jobId, renewal.hash, renewal.ttlMs, renewal.progress, renewal.message],
  );
  return rows[0]?.state;
}

/** Transitions `complete` and `complete_despite_cancel`: the result becomes visible as the job ends. */
export async function completeJob(
  db: Queryable,
  report: { jobId: string; hash: Buffer; results: string; digest: Buffer },
): Promise<boolean> {
  const { rows } = await db.query(
    `with before as (
       select id, state from jobs
        where id = $1 and lease_hash = $2 and state in ('running', 'cancel_requested')
          for update
     ), job as (
       update jobs set
         state = 'completed', ended_at = clock_timestamp(), progress = 1,
         lease_hash = null, lease_until = null, lease_key_id = null
         from before where jobs.id = before.id
       returning jobs.id, jobs.attempt, before.state as was
     ), result as (
       insert into job_results (job_id, results, sha256, lease_hash) select id, $3, $4, $2 from job
     ), event as (
       insert into job_events (job_id, transition, to_state, attempt, actor)
       select id, case was when 'running' then 'complete' else 'complete_despite_cancel' end,
              'completed', attempt, 'holder' from job
     )
     select id from job`,
    [report.jobId, report.hash, report.results, report.digest],
  );
  return rows.length > 0;
}

export interface EndedLease {
  readonly id: string;
  readonly state: JobState;
  readonly platform_id: string;
}

/**
 * Ends the leases that `before` has locked, each by the transition it has chosen, and leaves an event.
 * `before` gives id, transition, message, delay_ms (until another attempt) and uncounted (1 when the attempt does
 * not count, else 0).
 */
const endLeases = (actor: "holder" | "reaper") => `job as (
  update jobs set
    state = case before.transition
              when 'finish_cancel' then 'canceled' when 'requeue' then 'waiting' else 'error' end,
    ended_at = case before.transition when 'requeue' then null else clock_timestamp() end,
    status_message = case before.transition
              when 'finish_cancel' then 'Canceled by its owner.' when 'requeue' then null else before.message end,
    not_before = clock_timestamp() + make_interval(secs => before.delay_ms::float8 / 1000),
    attempts_counted = jobs.attempts_counted - before.uncounted,
    lease_hash = null, lease_until = null, lease_key_id = null
    from before where jobs.id = before.id
  returning jobs.id, jobs.state, jobs.attempt, jobs.platform_id, before.transition, before.message
), event as (
  insert into job_events (job_id, transition, to_state, attempt, actor, message)
  select id, transition, state, attempt, '${actor}', message from job
)
select id, state, platform_id from job`;

/**
 * Transitions `fail`, `requeue` and `finish_cancel`: a job whose cancellation was asked for is canceled, one
 * that another attempt could save waits again, any other ends in error.
 */
export async function failJob(
  db: Queryable,
  report: { jobId: string; hash: Buffer; message: string; retryable: boolean; retryDelayMs: number },
): Promise<EndedLease | undefined> {
  const { rows } = await db.query<EndedLease>(
    `with before as (
       select id, $3::text as message, $5::int as delay_ms, 0 as uncounted,
              case
                when state = 'cancel_requested' then 'finish_cancel'
                when $4 and attempts_counted < attempts_max then 'requeue'
                else 'fail'
              end as transition
         from jobs
        where id = $1 and lease_hash = $2 and state in ('running', 'cancel_requested')
          for update
     ), ${endLeases("holder")}`,
    [report.jobId, report.hash, report.message, report.retryable, report.retryDelayMs],
  );
  return rows[0];
}

/** Transition `requeue` by a worker that hands the job back: the attempt does not count against it. */
export async function releaseLease(
  db: Queryable,
  report: { jobId: string; hash: Buffer },
): Promise<EndedLease | undefined> {
  const { rows } = await db.query<EndedLease>(
    `with before as (
       select id, null::text as message, 0 as delay_ms, 1 as uncounted,
              case state when 'running' then 'requeue' else 'finish_cancel' end as transition
         from jobs
        where id = $1 and lease_hash = $2 and state in ('running', 'cancel_requested')
          for update
     ), ${endLeases("holder")}`,
    [report.jobId, report.hash],
  );
  return rows[0];
}

/**
 * Transitions `requeue`, `give_up` and `finish_cancel` by the reaper: ends leases that were not renewed in time
 * and attempts that ran too long. Any number of processes may do this at once: each locks the rows it ends, and
 * a row that another has ended no longer fits the condition.
 */
export async function reapLeases(db: Queryable, retryDelayMs: number, most = 500): Promise<EndedLease[]> {
  const { rows } = await db.query<EndedLease>(
    `with before as (
       select id, $2::int as delay_ms, 0 as uncounted,
              case
                when state = 'cancel_requested' then 'finish_cancel'
                when lease_until < clock_timestamp() and attempts_counted < attempts_max then 'requeue'
                else 'give_up'
              end as transition,
              case when lease_until < clock_timestamp()
                then 'Its worker was lost in ' || attempts_counted || ' attempts.'
                else 'It ran longer than the ' || max_duration_s || ' seconds it may.'
              end as message
         from jobs
        where state in ('running', 'cancel_requested')
          and (lease_until < clock_timestamp()
               or started_at + make_interval(secs => max_duration_s) < clock_timestamp())
        order by lease_until
        limit $1
          for update skip locked
     ), ${endLeases("reaper")}`,
    [most, retryDelayMs],
  );
  return rows;
}

export interface LeaseView {
  readonly state: JobState;
  readonly result_digest: Buffer | null;
  readonly result_lease: Buffer | null;
}

/** What became of a job of the worker's platforms, to explain why its report changed nothing. */
export async function findJobOfWorker(
  db: Queryable,
  keyId: number,
  jobId: string,
): Promise<LeaseView | undefined> {
  const { rows } = await db.query<LeaseView>(
    `select j.state, r.sha256 as result_digest, r.lease_hash as result_lease
       from jobs j
       join worker_key_platforms k on k.platform_id = j.platform_id and k.credential_id = $1
       left join job_results r on r.job_id = j.id
      where j.id = $2`,
    [keyId, jobId],
  );
  return rows[0];
}

/** The payload of a job whose lease the worker holds, to compare its result with. */
export async function findLeasedPayload(
  db: Queryable,
  jobId: string,
  hash: Buffer,
): Promise<string | undefined> {
  const { rows } = await db.query<{ payload: string }>(
    `select p.payload from jobs j join job_payloads p on p.job_id = j.id where j.id = $1 and j.lease_hash = $2`,
    [jobId, hash],
  );
  return rows[0]?.payload;
}
