import type { Queryable } from "../database/database.ts";
import { instant } from "../http/cursor.ts";
import { type EndedLease, endedLeases, endLeases } from "./lease-ending.ts";
import { longestDelayMs } from "./report-store.ts";

export interface ReapOptions {
  /** How long a job waits before its second attempt; each further one twice as long. */
  readonly retryDelayMs: number;
  /** How long a worker may take to acknowledge a cancellation. */
  readonly cancelGraceMs: number;
  /** At least 0 and less than 1. */
  readonly random: () => number;
  readonly most?: number;
}

/**
 * Transitions `requeue`, `give_up` and `finish_cancel` by the reaper: ends leases that were not renewed in time,
 * attempts that ran too long and cancellations that were not acknowledged. Any number of processes may do this at
 * once: each locks the rows it ends, and a row that another has ended no longer fits the condition.
 *
 * The worker of a job that runs too long says so itself, and is given the time of one lease to do it. A job whose
 * worker was lost twice without a word is taken for the cause, unless both times it was the same worker of several;
 * and its platform is flagged, for whoever runs it to look at.
 */
export async function reapLeases(db: Queryable, options: ReapOptions): Promise<EndedLease[]> {
  const { rows } = await db.query<EndedLease>(
    `with leased as (
       select id, state, lease_hash, lease_until, lease_key_id, attempt, attempts_counted, attempts_max, leases_max,
              silent_deaths, silent_key_id, platform_id, max_duration_s, now.at as now
         from jobs, (select cloud_now() as at) now
        where state in ('running', 'cancel_requested')
          and (lease_until < now.at
               or started_at + make_interval(secs => max_duration_s + coalesce(lease_ms, 0) / 1000.0) < now.at
               or cancel_requested_at + make_interval(secs => $3::float8 / 1000) < now.at)
        order by lease_until
        limit $1
          for update of jobs skip locked
     ), judged as (
       select *, lease_until < now as lost,
              lease_until < now and silent_deaths > 0 and (
                silent_key_id <> lease_key_id
                or (select count(*) from worker_key_platforms k join credentials c on c.id = k.credential_id
                     where k.platform_id = leased.platform_id and c.revoked_at is null) < 2
              ) as deadly
         from leased
     ), before as (
       select id, lease_hash, 0 as uncounted, null::bytea as digest, (lost and state = 'running')::int as silent,
              least($2 * 2 ^ greatest(attempts_counted - 1, 0), ${longestDelayMs})
                * (0.5 + mod($4::numeric + 0.618 * row_number() over (), 1)::float8) as delay_ms,
              case
                when state = 'cancel_requested' then 'finish_cancel'
                when lost and not deadly and attempts_counted < attempts_max and attempt < leases_max then 'requeue'
                else 'give_up'
              end as transition,
              case
                when deadly then 'It stopped its worker twice.'
                when lost then 'Its worker was lost in ' || attempts_counted || ' attempts.'
                else 'It ran longer than the ' || max_duration_s || ' seconds it may.'
              end as message,
              case when deadly then 'stopped_workers' when lost then 'worker_lost' else 'too_long' end as code
         from judged
     ), ${endLeases("reaper")}, deadliest as (
       select distinct on (platform_id) platform_id, id from judged
        where deadly and state = 'running' order by platform_id, id
     ), flagged as (
       update platforms set flag = json_build_object(
                'at', ${instant("cloud_now()")}, 'job_id', deadliest.id, 'reason', 'A job stopped its worker twice.')
         from deadliest where platforms.id = deadliest.platform_id
     ) ${endedLeases}`,
    [options.most ?? 500, options.retryDelayMs, options.cancelGraceMs, options.random()],
  );
  return rows;
}

/** What a reaper found of the time since a reaper was last at work. */
export interface ReaperTime {
  readonly gap_ms: number;
  readonly leases_moved: number;
}

/**
 * Notes that a reaper is at work, and sets leases right that time itself has made wrong:
 *
 * - While no reaper was at work nobody could renew: after such a gap every lease begins anew, so that a cloud that
 *   was away, or a clock that jumped forward, costs no job an attempt.
 * - No lease lasts longer from now than it was given for: where the clock went back, its end is brought nearer, so
 *   that a worker that is gone is noticed all the same, and so is the time until another attempt.
 */
export async function keepTime(db: Queryable, awayMs: number): Promise<ReaperTime | undefined> {
  const { rows } = await db.query<ReaperTime>(
    `with last as (
       select reaped_at from cluster for update skip locked
     ), now as (
       select cloud_now() as at
     ), gap as (
       select coalesce(extract(epoch from now.at - last.reaped_at) * 1000, 0)::float8 as ms, now.at from last, now
     ), mark as (
       update cluster set reaped_at = gap.at from gap
     ), leases as (
       update jobs set lease_until = gap.at + make_interval(secs => lease_ms / 1000.0) from gap
        where state in ('running', 'cancel_requested') and lease_ms is not null
          and (lease_until > gap.at + make_interval(secs => lease_ms / 1000.0)
               or (gap.ms > $1 and lease_until < gap.at + make_interval(secs => lease_ms / 1000.0)))
       returning 1
     ), delays as (
       update jobs set not_before = gap.at + interval '${longestDelayMs} milliseconds' from gap
        where gap.ms < 0 and state = 'waiting' and not_before > gap.at + interval '${longestDelayMs * 1.5} milliseconds'
     )
     select gap.ms as gap_ms, (select count(*)::int from leases) as leases_moved from gap`,
    [awayMs],
  );
  return rows[0];
}

/** Transition `expire`: ends jobs that have waited, or were suspended, for longer than any job may. */
export async function expireJobs(db: Queryable, ageMaxDays: number, most = 500): Promise<number> {
  const { rows } = await db.query(
    `with old as (
       select id from jobs
        where state in ('waiting', 'suspended') and created_at < (select cloud_now()) - make_interval(days => $1)
        limit $2 for update skip locked
     ), job as (
       update jobs set state = 'error', ended_at = cloud_now(), error_code = 'waited_too_long',
              status_message = 'It waited longer than the ' || $1 || ' days a job may wait.'
         from old where jobs.id = old.id
       returning jobs.id, jobs.attempt, jobs.status_message
     ), event as (
       insert into job_events (job_id, transition, to_state, attempt, actor, message)
       select id, 'expire', 'error', attempt, 'system', status_message from job
     )
     select id from job`,
    [ageMaxDays, most],
  );
  return rows.length;
}
