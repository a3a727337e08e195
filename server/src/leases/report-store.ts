import type { JobState } from "@corbenic/protocol";
import type { Queryable } from "../database/database.ts";
import { gather, inOrder } from "../database/gather.ts";
import { prepared } from "../database/prepared.ts";
import { type EndedLease, endedLeases, endLeases } from "./lease-ending.ts";

/**
 * What workers report of their leases. Every statement names the lease in its `where`, with the states in which it
 * counts: a worker that lost its lease changes nothing, and no rows is an answer.
 */

/**
 * Transition `renew`. A late renewal counts as long as nobody else has got the job meanwhile. Intermediate results
 * come after those of the attempt that are there; the oldest beyond `intermediateMax` go. A renewal that brings none
 * does not wait for the disk: what a power failure takes of it, the next one brings again.
 */
export async function renewLease(
  db: Queryable,
  renewal: {
    keyId: number;
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
    prepared(
      `with job as (
       update jobs set
         lease_until = cloud_now() + make_interval(secs => $3::float8 / 1000),
         lease_ms = $3,
         progress = greatest(progress, coalesce($4, progress)),
         progress_message = coalesce($5, progress_message)
        where id = $1 and lease_hash = $2 and state in ('running', 'cancel_requested')
          and exists (select from worker_key_platforms k
                       where k.platform_id = jobs.platform_id and k.credential_id = $8)
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
     select state, case when $6::text is null then set_config('synchronous_commit', 'off', true) end from job`,
      [
        renewal.jobId,
        renewal.hash,
        renewal.ttlMs,
        renewal.progress,
        renewal.message,
        renewal.intermediateResults,
        renewal.intermediateMax,
        renewal.keyId,
      ],
    ),
  );
  return rows[0]?.state;
}

/** Transitions `complete` and `complete_despite_cancel`: the result becomes visible as the job ends. */
export async function completeJob(
  db: Queryable,
  report: { jobId: string; hash: Buffer; results: string; digest: Buffer },
): Promise<boolean> {
  const { rows } = await db.query(
    prepared(
      `with before as (
       select id, state from jobs
        where id = $1 and lease_hash = $2 and state in ('running', 'cancel_requested')
          for update
     ), job as (
       update jobs set
         state = 'completed', progress = 1, ended_at = cloud_now(), status_message = null,
         lease_hash = null, lease_until = null, lease_key_id = null
         from before where jobs.id = before.id
       returning jobs.id, jobs.attempt, before.state as was
     ), result as (
       insert into job_results (job_id, results, sha256, lease_hash) select id, $3, $4, $2 from job
     ), event as (
       insert into job_events (job_id, transition, to_state, attempt, actor, lease_hash, digest)
       select id, case was when 'running' then 'complete' else 'complete_despite_cancel' end,
              'completed', attempt, 'holder', $2, $4 from job
     ), parts as (
       delete from job_result_parts using job where job_id = job.id and lease_hash = $2
     )
     select id from job`,
      [report.jobId, report.hash, report.results, report.digest],
    ),
  );
  return rows.length > 0;
}

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
    code: string | null;
    retryable: boolean;
    delayMs: number;
    digest: Buffer;
    partial: { readonly results: string; readonly digest: Buffer } | null;
  },
): Promise<EndedLease | undefined> {
  const { rows } = await db.query<EndedLease>(
    prepared(
      `with before as (
       select id, lease_hash, $3::text as message, $9::text as code, 0 as uncounted, 0 as silent, $6::bytea as digest,
              least($5 * 2 ^ greatest(attempts_counted - 1, 0), ${longestDelayMs}) as delay_ms,
              case
                when state = 'cancel_requested' then 'finish_cancel'
                when $4 and attempts_counted < attempts_max and attempt < leases_max then 'requeue'
                else 'fail'
              end as transition
         from jobs
        where id = $1 and lease_hash = $2 and state in ('running', 'cancel_requested')
          for update
     ), ${endLeases("holder")}, result as (
       insert into job_results (job_id, results, sha256, lease_hash, partial)
       select id, $7, $8, $2, true from job where $7::text is not null and state in ('error', 'canceled')
     ) ${endedLeases}`,
      [
        report.jobId,
        report.hash,
        report.message,
        report.retryable,
        report.delayMs,
        report.digest,
        report.partial?.results ?? null,
        report.partial?.digest ?? null,
        report.code,
      ],
    ),
  );
  return rows[0];
}

/** No job waits longer than this for another attempt, in milliseconds, as SQL and everything else has it. */
export const longestDelayMs = 300_000;

/**
 * Transitions `requeue`, `fail` and `finish_cancel` by a worker that hands the job back: the attempt does not count
 * against it, but a job that was handed back as often as it may be leased ends.
 */
export async function releaseLease(
  db: Queryable,
  report: { jobId: string; hash: Buffer; digest: Buffer },
): Promise<EndedLease | undefined> {
  const { rows } = await db.query<EndedLease>(
    prepared(
      `with before as (
       select id, lease_hash, 0 as delay_ms, 1 as uncounted, 0 as silent, $3::bytea as digest,
              case when attempt < leases_max then null
                else 'Its workers handed it back too often: it was given out ' || attempt || ' times.'
              end as message,
              'handed_back' as code,
              case
                when state = 'cancel_requested' then 'finish_cancel'
                when attempt < leases_max then 'requeue'
                else 'fail'
              end as transition
         from jobs
        where id = $1 and lease_hash = $2 and state in ('running', 'cancel_requested')
          for update
     ), ${endLeases("holder")} ${endedLeases}`,
      [report.jobId, report.hash, report.digest],
    ),
  );
  return rows[0];
}

/** What the last report under a lease has made of the job. */
export interface Reported {
  readonly to_state: JobState;
  readonly digest: Buffer;
}

/** The report that ended this lease, to answer its repetition. */
export async function findReport(db: Queryable, jobId: string, hash: Buffer): Promise<Reported | undefined> {
  const { rows } = await db.query<Reported>(
    prepared(
      `select to_state, digest from job_events
      where job_id = $1 and lease_hash = $2 and actor = 'holder' and digest is not null`,
      [jobId, hash],
    ),
  );
  return rows[0];
}

const findStates = gather<{ keyId: number; jobId: string }, JobState | undefined>(async (db, asked) => {
  const { rows } = await db.query<{ asked: number; state: JobState }>(
    prepared(
      `select asked.number::int as asked, j.state
         from unnest((select $1::int[]), (select $2::uuid[])) with ordinality as asked (key_id, job_id, number)
         cross join lateral (select platform_id, state from jobs where id = asked.job_id limit 1) j
        where exists (select from worker_key_platforms k
                       where k.platform_id = j.platform_id and k.credential_id = asked.key_id)`,
      [asked.map(({ keyId }) => keyId), asked.map(({ jobId }) => jobId)],
    ),
  );
  return inOrder(rows, asked.length).map((row) => row?.state);
});

/** The state of a job of the worker's platforms, to explain why its report changed nothing. */
export function findStateForWorker(
  db: Queryable,
  keyId: number,
  jobId: string,
): Promise<JobState | undefined> {
  return findStates(db, { keyId, jobId });
}

const findLeasedPayloads = gather<{ keyId: number; jobId: string; hash: Buffer }, string | undefined>(
  async (db, asked) => {
    const { rows } = await db.query<{ asked: number; payload: string }>(
      prepared(
        `select asked.number::int as asked, p.payload
           from unnest((select $1::int[]), (select $2::uuid[]), (select $3::bytea[])) with ordinality as asked (key_id, job_id, hash, number)
           cross join lateral (
             select id, platform_id from jobs where id = asked.job_id and lease_hash = asked.hash limit 1) j
           cross join lateral (select payload from job_payloads where job_id = j.id limit 1) p
          where exists (select from worker_key_platforms k
                         where k.platform_id = j.platform_id and k.credential_id = asked.key_id)`,
        [asked.map(({ keyId }) => keyId), asked.map(({ jobId }) => jobId), asked.map(({ hash }) => hash)],
      ),
    );
    return inOrder(rows, asked.length).map((row) => row?.payload);
  },
);

/** The payload of a job of the worker's platforms whose lease it holds, to compare its result with. */
export function findLeasedPayload(
  db: Queryable,
  keyId: number,
  jobId: string,
  hash: Buffer,
): Promise<string | undefined> {
  return findLeasedPayloads(db, { keyId, jobId, hash });
}
