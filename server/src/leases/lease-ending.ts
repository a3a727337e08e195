import type { JobState } from "@corbenic/protocol";

export interface EndedLease {
  readonly id: string;
  readonly state: JobState;
  readonly platform_id: string;
}

/**
 * Ends the leases that `before` has locked, each by the transition it has chosen, and leaves an event. `before` gives
 *
 * - `id`, `transition` and `message`,
 * - `code`: why a job ends in error, or null,
 * - `delay_ms`: how long a job that waits again is not due,
 * - `uncounted`: 1 when the attempt does not count against the job, else 0,
 * - `silent`: 1 when the worker has said nothing, else 0,
 * - `digest`: of what was reported, or null.
 *
 * What was staged under the lease goes with it.
 */
export const endLeases = (actor: "holder" | "reaper") => `job as (
  update jobs set
    state = case before.transition
              when 'finish_cancel' then 'canceled' when 'requeue' then 'waiting' else 'error' end,
    ended_at = case before.transition when 'requeue' then null else cloud_now() end,
    status_message = case before.transition
              when 'finish_cancel' then coalesce(jobs.status_message, 'Canceled by its owner.') when 'requeue' then null else before.message end,
    error_code = case when before.transition in ('fail', 'give_up') then before.code end,
    not_before = cloud_now() + make_interval(secs => before.delay_ms::float8 / 1000),
    attempts_counted = jobs.attempts_counted - before.uncounted,
    silent_deaths = jobs.silent_deaths + before.silent,
    silent_key_id = case before.silent when 1 then coalesce(jobs.silent_key_id, jobs.lease_key_id)
                                       else jobs.silent_key_id end,
    lease_hash = null, lease_until = null, lease_key_id = null
    from before where jobs.id = before.id
  returning jobs.id, jobs.state, jobs.attempt, jobs.platform_id
), event as (
  insert into job_events (job_id, transition, to_state, attempt, actor, message, lease_hash, digest)
  select id, before.transition, job.state, job.attempt, '${actor}', before.message,
         before.lease_hash, before.digest
    from job join before using (id)
), parts as (
  delete from job_result_parts using before
   where job_result_parts.job_id = before.id and job_result_parts.lease_hash = before.lease_hash
)`;

/** What to give back of it. */
export const endedLeases = "select id, state, platform_id from job";
