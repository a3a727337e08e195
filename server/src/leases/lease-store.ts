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
 * Transition `acquire`: leases the job whose turn it is, by priority, then fair share between groups, then fair
 * share between the owners of the group, then age. The statement is the database's function of this name, with the
 * argument why it is right and takes the same time whatever waits.
 */
export async function acquireLease(
  db: Queryable,
  lease: { platformIds: readonly string[]; keyId: number; hash: Buffer; ttlMs: number },
): Promise<LeasedRow | undefined> {
  const { rows } = await db.query<LeasedRow>("select * from acquire_lease($1, $2, $3, $4)", [
    lease.platformIds,
    lease.keyId,
    lease.hash,
    lease.ttlMs,
  ]);
  return rows[0];
}

/**
 * Transition `renew`. A late renewal counts as long as nobody else has got the job meanwhile. Intermediate results
 * come after those of the attempt that are there; the oldest beyond `intermediateMax` go.
 */
export async function renewLease(
  db: Queryable,
  renewal: {
    jobId: string;
    hash: Buffer;
    ttlMs: number;
    progress: number | null;
    message: string | null;
    /** As JSON. */
    intermediateResults: string | null;
    intermediateMax: number;
  },
): Promise<JobState | undefined> {
  const { rows } = await db.query<{ state: JobState }>(
    `with job as (
       update jobs set
         lease_until = clock_timestamp() + make_interval(secs => $3::float8 / 1000),
         progress = greatest(progress, coalesce($4, progress)),
         progress_message = coalesce($5, progress_message)
        where id = $1 and lease_hash = $2 and state in ('running', 'cancel_requested')
       returning id, state, attempt
     ), latest as (
       select job.id, job.attempt, coalesce(max(i.number), 0) as number
         from job left join job_intermediate_results i on i.job_id = job.id and i.attempt = job.attempt
        where $6::text is not null
        group by job.id, job.attempt
     ), added as (
       insert into job_intermediate_results (job_id, attempt, number, results)
       select id, attempt, number + 1, $6 from latest
     ), dropped as (
       delete from job_intermediate_results i using latest
        where i.job_id = latest.id and i.attempt = latest.attempt and i.number <= latest.number + 1 - $7::int
     )
     select state from job`,
    [
      renewal.jobId,
      renewal.hash,
      renewal.ttlMs,
      renewal.progress,
      renewal.message,
      renewal.intermediateResults,
      renewal.intermediateMax,
    ],
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
         state = 'completed', ended_at = clock_timestamp(), progress = 1, status_message = null,
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
              when 'finish_cancel' then coalesce(jobs.status_message, 'Canceled by its owner.') when 'requeue' then null else before.message end,
    not_before = clock_timestamp() + make_interval(secs => before.delay_ms::float8 / 1000),
    attempts_counted = jobs.attempts_counted - before.uncounted,
    lease_hash = null, lease_until = null, lease_key_id = null
    from before where jobs.id = before.id
  returning jobs.id, jobs.state, jobs.attempt, jobs.platform_id, before.transition, before.message
), event as (
  insert into job_events (job_id, transition, to_state, attempt, actor, message)
  select id, transition, state, attempt, '${actor}', message from job
)`;
const endedLeases = "select id, state, platform_id from job";

/**
 * Transitions `fail`, `requeue` and `finish_cancel`: a job whose cancellation was asked for is canceled, one
 * that another attempt could save waits again, any other ends in error. What the attempt had found is kept where
 * the job ends with it.
 */
export async function failJob(
  db: Queryable,
  report: {
    jobId: string;
    hash: Buffer;
    message: string;
    retryable: boolean;
    retryDelayMs: number;
    partial: { readonly results: string; readonly digest: Buffer } | null;
  },
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
     ), ${endLeases("holder")}, result as (
       insert into job_results (job_id, results, sha256, lease_hash, partial)
       select id, $6, $7, $2, true from job where $6::text is not null and state in ('error', 'canceled')
     )
     ${endedLeases}`,
    [
      report.jobId,
      report.hash,
      report.message,
      report.retryable,
      report.retryDelayMs,
      report.partial?.results ?? null,
      report.partial?.digest ?? null,
    ],
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
     ), ${endLeases("holder")}
     ${endedLeases}`,
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
     ), ${endLeases("reaper")}
     ${endedLeases}`,
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
       left join job_results r on r.job_id = j.id and not r.partial
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
