import type { Queryable } from "../database/database.ts";

/**
 * What happens to the jobs of an account with the account itself. Each statement runs after the account's row was
 * changed in the same transaction, so that a submission either came before and is found here, or is refused.
 */

/** Transition `suspend_waiting` of all that waits, when the account is disabled. @returns how many */
export async function suspendJobsOf(client: Queryable, ownerId: number): Promise<number> {
  const { rowCount } = await client.query(
    `with before as (
       select id from jobs where owner_id = $1 and state = 'waiting' order by id for update
     ), job as (
       update jobs set state = 'suspended', suspended_with_account = true
         from before where jobs.id = before.id
       returning jobs.id, jobs.attempt
     ), event as (
       insert into job_events (job_id, transition, to_state, attempt, actor, message)
       select id, 'suspend_waiting', 'suspended', attempt, 'admin', 'The account was disabled.' from job
     )
     select id from job`,
    [ownerId],
  );
  return rowCount ?? 0;
}

/** Transition `resume` of what was suspended with the account, when it is enabled again. @returns how many */
export async function resumeJobsOf(client: Queryable, ownerId: number): Promise<number> {
  const { rowCount } = await client.query(
    `with before as (
       select id from jobs
        where owner_id = $1 and state = 'suspended' and suspended_with_account order by id for update
     ), job as (
       update jobs set state = 'waiting', suspended_with_account = false
         from before where jobs.id = before.id
       returning jobs.id, jobs.attempt
     ), event as (
       insert into job_events (job_id, transition, to_state, attempt, actor, message)
       select id, 'resume', 'waiting', attempt, 'admin', 'The account was enabled.' from job
     )
     select id from job`,
    [ownerId],
  );
  return rowCount ?? 0;
}

/**
 * Transitions `cancel_waiting`, `cancel_suspended` and `request_cancel` of all that has not ended, when the account
 * is deleted. @returns how many
 */
export async function cancelJobsOf(client: Queryable, ownerId: number): Promise<number> {
  const { rowCount } = await client.query(
    `with before as (
       select id, state from jobs
        where owner_id = $1 and state in ('waiting', 'suspended', 'running') order by id for update
     ), job as (
       update jobs set
         state = case before.state when 'running' then 'cancel_requested' else 'canceled' end,
         cancel_requested_at = cloud_now(),
         ended_at = case before.state when 'running' then null else cloud_now() end,
         status_message = case before.state when 'running' then status_message else 'The account was deleted.' end
         from before where jobs.id = before.id
       returning jobs.id, jobs.state, jobs.attempt,
                 case before.state when 'running' then 'request_cancel' else 'cancel_' || before.state end as transition
     ), event as (
       insert into job_events (job_id, transition, to_state, attempt, actor, message)
       select id, transition, state, attempt, 'admin', 'The account was deleted.' from job
     )
     select id from job`,
    [ownerId],
  );
  return rowCount ?? 0;
}
