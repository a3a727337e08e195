import type { JobState } from "@corbenic/protocol";
import type { Queryable } from "../database/database.ts";
import type { OwnerId } from "./job-store.ts";

/** Who asks, and whose jobs that reaches. Their own jobs they cancel as owner, others as administrator. */
export interface Caller {
  readonly userId: number;
  readonly reach: OwnerId;
}

export interface ChangedJob {
  readonly id: string;
  readonly state: JobState;
  readonly platform_id: string;
}

/** Cancels the jobs that `before` has locked, each by the transition of its state, and leaves an event for each. */
const cancelLocked = `job as (
  update jobs set
    state = case before.state when 'running' then 'cancel_requested' else 'canceled' end,
    cancel_requested_at = cloud_now(),
    ended_at = case before.state when 'running' then null else cloud_now() end,
    status_message = case owner_id when $1 then 'Canceled by its owner.' else 'Canceled by an administrator.' end
    from before where jobs.id = before.id
  returning jobs.id, jobs.state, jobs.attempt, jobs.platform_id,
            case before.state when 'running' then 'request_cancel' else 'cancel_' || before.state end as transition,
            case owner_id when $1 then 'owner' else 'admin' end as actor
), event as (
  insert into job_events (job_id, transition, to_state, attempt, actor)
  select id, transition, state, attempt, actor from job
)`;

/**
 * Transitions `cancel_waiting`, `cancel_suspended` and `request_cancel` of many jobs: the first two end a job at
 * once, the last asks the holder of its lease, who hears of it with the next renewal. Rows are locked in the order
 * of their ids, so that two such statements wait for each other and do not deadlock.
 * @returns those that changed
 */
export async function cancelJobs(
  db: Queryable,
  { userId, reach }: Caller,
  jobIds: readonly string[],
): Promise<ChangedJob[]> {
  const { rows } = await db.query<ChangedJob>(
    `with before as (
       select id, state from jobs
        where id = any ($2::uuid[]) and ($3::int is null or owner_id = $3)
          and state in ('waiting', 'suspended', 'running')
        order by id
          for update
     ), ${cancelLocked}
     select id, state, platform_id from job`,
    [userId, jobIds, reach],
  );
  return rows;
}

/** The same for all jobs of a group that have not ended. @returns how many were canceled and asked to stop */
export async function cancelGroup(
  db: Queryable,
  ownerId: number,
  groupName: string,
): Promise<{ readonly canceled: number; readonly cancel_requested: number }> {
  const { rows } = await db.query<{ canceled: number; cancel_requested: number }>(
    `with before as (
       select id, state from jobs
        where owner_id = $1 and group_name = $2 and state in ('waiting', 'suspended', 'running')
        order by id
          for update
     ), ${cancelLocked}
     select count(*) filter (where state = 'canceled')::int as canceled,
            count(*) filter (where state = 'cancel_requested')::int as cancel_requested from job`,
    [ownerId, groupName],
  );
  return rows[0]!;
}

/** The states of these jobs, of those that the caller reaches. */
export async function listStates(
  db: Queryable,
  ownerId: OwnerId,
  jobIds: readonly string[],
): Promise<Map<string, JobState>> {
  const { rows } = await db.query<{ id: string; state: JobState }>(
    "select id, state from jobs where id = any ($1::uuid[]) and ($2::int is null or owner_id = $2)",
    [jobIds, ownerId],
  );
  return new Map(rows.map(({ id, state }) => [id, state]));
}

/** Transitions `suspend_waiting` and `suspend_running`: the latter revokes the lease, and its attempt does not count. */
export async function suspendJob(db: Queryable, jobId: string): Promise<ChangedJob | undefined> {
  const { rows } = await db.query<ChangedJob>(
    `with before as (
       select id, state from jobs where id = $1 and state in ('waiting', 'running') for update
     ), job as (
       update jobs set
         state = 'suspended',
         attempts_counted = attempts_counted - case before.state when 'running' then 1 else 0 end,
         lease_hash = null, lease_until = null, lease_key_id = null
         from before where jobs.id = before.id
       returning jobs.id, jobs.state, jobs.attempt, jobs.platform_id, 'suspend_' || before.state as transition
     ), event as (
       insert into job_events (job_id, transition, to_state, attempt, actor)
       select id, transition, state, attempt, 'admin' from job
     )
     select id, state, platform_id from job`,
    [jobId],
  );
  return rows[0];
}

/** Transition `resume`, where owner and platform are still there. The database places the job again. */
export async function resumeJob(db: Queryable, jobId: string): Promise<ChangedJob | undefined> {
  const { rows } = await db.query<ChangedJob>(
    `with owner as materialized (
       select u.id from users u join jobs j on j.owner_id = u.id
        where j.id = $1 and u.disabled_at is null and u.deleted_at is null for share of u
     ), job as (
       update jobs set state = 'waiting', suspended_with_account = false, not_before = cloud_now()
         from owner, platforms p
        where jobs.id = $1 and jobs.state = 'suspended' and jobs.owner_id = owner.id
          and p.id = jobs.platform_id and p.status <> 'retired'
       returning jobs.id, jobs.state, jobs.attempt, jobs.platform_id
     ), event as (
       insert into job_events (job_id, transition, to_state, attempt, actor)
       select id, 'resume', state, attempt, 'admin' from job
     )
     select id, state, platform_id from job`,
    [jobId],
  );
  return rows[0];
}

/** What keeps a suspended job from being resumed. */
export async function findObstacle(
  db: Queryable,
  jobId: string,
): Promise<"account" | "platform" | undefined> {
  const { rows } = await db.query<{ obstacle: "account" | "platform" | null }>(
    `select case when u.disabled_at is not null or u.deleted_at is not null then 'account'
                 when p.status = 'retired' then 'platform' end as obstacle
       from jobs j join users u on u.id = j.owner_id join platforms p on p.id = j.platform_id
      where j.id = $1`,
    [jobId],
  );
  return rows[0]?.obstacle ?? undefined;
}
