import type { JobState } from "@corbenic/protocol";
import type { Queryable } from "../database/database.ts";

export interface NewJob {
  readonly ownerId: number;
  /** The job token that it is submitted with. */
  readonly tokenId: number | null;
  readonly platformId: string;
  readonly name: string;
  readonly groupName: string | null;
  readonly command: string;
  readonly pcvlVersion: string | null;
  readonly processId: string | null;
  readonly priority: number;
  readonly maxDurationS: number;
  readonly attemptsMax: number;
  readonly payload: string;
  readonly queueMax: number;
}

/**
 * Transition `submit`: stores the job, its payload and its first event, in one statement.
 * Two submissions at the same instant may both see the last free place; the limit is a courtesy, not a lock.
 * The owner's row is held, so that disabling or deleting the account either finds the job or comes before it.
 * @returns the job's id, or undefined when the owner's queue is full or the account was closed at this moment
 */
export async function submitJob(db: Queryable, job: NewJob): Promise<string | undefined> {
  const { rows } = await db.query<{ id: string }>(
    `with owner as (
       select id from users where id = $1 and disabled_at is null and deleted_at is null for share
     ), queued as (
       select count(*) as jobs from jobs
        where owner_id = $1 and state in ('waiting', 'running', 'suspended', 'cancel_requested')
     ), job as (
       insert into jobs (owner_id, platform_id, name, group_name, command, pcvl_version, process_id,
                         priority, max_duration_s, attempts_max, token_id)
       select owner.id, $2, $3, $4, $5, $6, $7, $8, $9, $10, $13 from owner, queued where queued.jobs < $11
       returning id
     ), payload as (
       insert into job_payloads (job_id, payload) select id, $12 from job
     ), event as (
       insert into job_events (job_id, transition, to_state, attempt, actor)
       select id, 'submit', 'waiting', 0, 'owner' from job
     )
     select id from job`,
    [
      job.ownerId,
      job.platformId,
      job.name,
      job.groupName,
      job.command,
      job.pcvlVersion,
      job.processId,
      job.priority,
      job.maxDurationS,
      job.attemptsMax,
      job.queueMax,
      job.payload,
      job.tokenId,
    ],
  );
  return rows[0]?.id;
}

export interface JobRow {
  readonly id: string;
  readonly name: string;
  readonly platform_name: string;
  readonly state: JobState;
  readonly progress: number;
  readonly progress_message: string | null;
  readonly status_message: string | null;
  readonly created_s: number;
  readonly started_s: number | null;
  readonly duration_s: number | null;
}

/** The owner's job of that id. */
export async function findJobOf(db: Queryable, ownerId: number, jobId: string): Promise<JobRow | undefined> {
  const { rows } = await db.query<JobRow>(
    `select j.id, j.name, p.name as platform_name, j.state, j.progress, j.progress_message, j.status_message,
            extract(epoch from j.created_at)::float8 as created_s,
            extract(epoch from j.started_at)::float8 as started_s,
            extract(epoch from coalesce(j.ended_at, cloud_now()) - j.started_at)::float8 as duration_s
       from jobs j join platforms p on p.id = j.platform_id
      where j.id = $1 and j.owner_id = $2`,
    [jobId, ownerId],
  );
  return rows[0];
}

/** The results of the owner's job, as the JSON string that its client parses. */
export async function findResultsOf(
  db: Queryable,
  ownerId: number,
  jobId: string,
): Promise<string | undefined> {
  const { rows } = await db.query<{ results: string }>(
    `select r.results from job_results r join jobs j on j.id = r.job_id where j.id = $1 and j.owner_id = $2`,
    [jobId, ownerId],
  );
  return rows[0]?.results;
}

/**
 * Transitions `cancel_waiting`, `cancel_suspended` and `request_cancel`: the first two end the job at once,
 * the last asks the holder of its lease, who hears of it with the next renewal.
 * @returns the state after it, or undefined when no transition applied
 */
export async function cancelJob(
  db: Queryable,
  ownerId: number,
  jobId: string,
): Promise<JobState | undefined> {
  const { rows } = await db.query<{ state: JobState }>(
    `with before as (
       select id, state from jobs
        where id = $1 and owner_id = $2 and state in ('waiting', 'suspended', 'running')
          for update
     ), job as (
       update jobs set
         state = case before.state when 'running' then 'cancel_requested' else 'canceled' end,
         cancel_requested_at = cloud_now(),
         ended_at = case before.state when 'running' then null else cloud_now() end,
         status_message = case before.state when 'running' then status_message else 'Canceled by its owner.' end
         from before where jobs.id = before.id
       returning jobs.id, jobs.state, jobs.attempt,
                 case before.state when 'running' then 'request_cancel' else 'cancel_' || before.state end as transition
     ), event as (
       insert into job_events (job_id, transition, to_state, attempt, actor)
       select id, transition, state, attempt, 'owner' from job
     )
     select state from job`,
    [jobId, ownerId],
  );
  return rows[0]?.state;
}

/** Transition `rerun`: a new job like an ended one, with attempts of its own. */
export async function rerunJob(
  db: Queryable,
  ownerId: number,
  jobId: string,
  queueMax: number,
): Promise<{ id: string | null; state: JobState } | undefined> {
  const { rows } = await db.query<{ id: string | null; state: JobState }>(
    `with source as (
       select * from jobs where id = $1 and owner_id = $2
     ), queued as (
       select count(*) as jobs from jobs
        where owner_id = $2 and state in ('waiting', 'running', 'suspended', 'cancel_requested')
     ), job as (
       insert into jobs (owner_id, platform_id, name, group_name, command, pcvl_version, process_id,
                         priority, max_duration_s, attempts_max, parent_id)
       select owner_id, platform_id, name, group_name, command, pcvl_version, process_id,
              priority, max_duration_s, attempts_max, source.id
         from source, queued where source.state in ('error', 'canceled') and queued.jobs < $3
       returning id
     ), payload as (
       insert into job_payloads (job_id, payload)
       select job.id, p.payload from job, source join job_payloads p on p.job_id = source.id
     ), event as (
       insert into job_events (job_id, transition, to_state, attempt, actor)
       select id, 'rerun', 'waiting', 0, 'owner' from job
     )
     select (select id from job) as id, source.state from source`,
    [jobId, ownerId, queueMax],
  );
  return rows[0];
}

export async function countUnendedJobs(db: Queryable, ownerId: number): Promise<number> {
  const { rows } = await db.query<{ jobs: number }>(
    `select count(*)::int as jobs from jobs
      where owner_id = $1 and state in ('waiting', 'running', 'suspended', 'cancel_requested')`,
    [ownerId],
  );
  return rows[0]!.jobs;
}
