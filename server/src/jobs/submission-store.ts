import type { JobState } from "@corbenic/protocol";
import type { Queryable } from "../database/database.ts";
import { prepared } from "../database/prepared.ts";

export interface NewJob {
  readonly ownerId: number;
  readonly platformId: string;
  readonly name: string;
  readonly groupName: string | null;
  readonly command: string;
  readonly shots: number | null;
  readonly pcvlVersion: string | null;
  readonly processId: string | null;
  readonly tokenId: number | null;
  readonly priority: number;
  readonly maxDurationS: number;
  readonly attemptsMax: number;
  readonly payload: string;
  /** The job that this one runs again. */
  readonly rerunFrom: string | null;
  readonly actor: "owner" | "admin";
}

/**
 * Lets one transaction at a time submit for the account's share group. A statement of its own: what the next ones see
 * begins when they begin, which is after whoever held the lock has committed. So quotas are exact, two requests with
 * one Idempotency-Key make one job, and no two jobs of a group get the same place.
 * The account's row is held, too, and first, as those do who enable an account and so place its jobs again: disabling
 * or deleting it either finds the job or comes before it.
 * @returns false when the account was closed at this moment
 */
export async function lockShareGroup(client: Queryable, userId: number): Promise<boolean> {
  const { rows } = await client.query(
    prepared(
      `with owner as materialized (
         select id, company_id from users
          where id = $1 and disabled_at is null and deleted_at is null for share
       )
       select pg_advisory_xact_lock(7263453, coalesce(company_id, -id)) from owner`,
      [userId],
    ),
  );
  return rows.length > 0;
}

/** Transitions `submit` and `rerun`: stores the job, its payload and its first event. The database places it. */
export async function insertJob(client: Queryable, job: NewJob): Promise<string> {
  const { rows } = await client.query<{ id: string }>(
    prepared(
      `with job as (
       insert into jobs (owner_id, platform_id, name, group_name, command, shots, pcvl_version, process_id,
                         token_id, priority, max_duration_s, attempts_max, parent_id)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
       returning id
     ), payload as (
       insert into job_payloads (job_id, payload) select id, $14 from job
     ), event as (
       insert into job_events (job_id, transition, to_state, attempt, actor)
       select id, $15, 'waiting', 0, $16 from job
     )
     select id from job`,
      [
        job.ownerId,
        job.platformId,
        job.name,
        job.groupName,
        job.command,
        job.shots,
        job.pcvlVersion,
        job.processId,
        job.tokenId,
        job.priority,
        job.maxDurationS,
        job.attemptsMax,
        job.rerunFrom,
        job.payload,
        job.rerunFrom === null ? "submit" : "rerun",
        job.actor,
      ],
    ),
  );
  return rows[0]!.id;
}

/** A job as it would be submitted again, and the account that it is of. */
export interface SourceJob {
  readonly id: string;
  readonly state: JobState;
  readonly name: string;
  readonly group_name: string | null;
  readonly platform_id: string;
  readonly pcvl_version: string | null;
  readonly process_id: string | null;
  readonly max_duration_s: number;
  readonly payload: string;
  readonly owner_id: number;
  readonly owner_priority: number;
}

/** @param ownerId whose jobs to look among; null for everybody's */
export async function findSourceJob(
  db: Queryable,
  ownerId: number | null,
  jobId: string,
): Promise<SourceJob | undefined> {
  const { rows } = await db.query<SourceJob>(
    `select j.id, j.state, j.name, j.group_name, j.platform_id, j.pcvl_version, j.process_id, j.max_duration_s,
            payload.payload, j.owner_id, u.priority as owner_priority
       from jobs j
       join job_payloads payload on payload.job_id = j.id
       join users u on u.id = j.owner_id
      where j.id = $1 and ($2::int is null or j.owner_id = $2)`,
    [jobId, ownerId],
  );
  return rows[0];
}
