import type { JobState, TransitionName } from "@corbenic/protocol";
import type { Queryable } from "../../server/src/database/database.ts";
import type { Scheduler } from "./scheduler.ts";
import type { SharedDatabase } from "./shared-database.ts";

/** A job as the database has it in the end, with everything that was ever done to it. */
export interface FinalJob {
  readonly id: string;
  readonly owner_id: number;
  readonly name: string;
  readonly state: JobState;
  readonly parent_id: string | null;
  readonly payload: string;
  readonly results: string | null;
  readonly partial: boolean | null;
  readonly attempts_counted: number;
  readonly attempts_max: number;
  readonly attempt: number;
  readonly events: readonly FinalEvent[];
}

export interface FinalEvent {
  readonly id: number;
  readonly transition: TransitionName;
  readonly to: JobState;
  readonly actor: string;
  readonly attempt: number;
  /** SHA-256 of the lease's token and of what was reported, in hexadecimal. */
  readonly lease: string | null;
  readonly digest: string | null;
}

export async function readFinalJobs(db: Queryable): Promise<FinalJob[]> {
  const { rows } = await db.query<FinalJob>(
    `select j.id, j.owner_id, j.name, j.state, j.parent_id, p.payload, r.results, r.partial, j.attempts_counted,
            j.attempts_max, j.attempt,
            (select json_agg(json_build_object('id', e.id, 'transition', e.transition, 'to', e.to_state,
                      'actor', e.actor, 'attempt', e.attempt, 'lease', encode(e.lease_hash, 'hex'),
                      'digest', encode(e.digest, 'hex')) order by e.id)
               from job_events e where e.job_id = j.id) as events
       from jobs j join job_payloads p on p.job_id = j.id left join job_results r on r.job_id = j.id
      order by j.number`,
  );
  return rows;
}

/** Those that have not ended. */
export async function readOpenJobs(db: Queryable): Promise<{ id: string; state: JobState }[]> {
  const { rows } = await db.query<{ id: string; state: JobState }>(
    "select id, state from jobs where ended_at is null order by number",
  );
  return rows;
}

/** Tallies that are not what they count. */
export async function readWrongTallies(db: Queryable): Promise<string[]> {
  const { rows } = await db.query<{ owner_id: number; tallied: number; unended: number }>(
    `with tallied as (
       select owner_id, platform_id, sum(unended)::int as n from job_tallies group by 1, 2
     ), counted as (
       select owner_id, platform_id, count(*)::int as n from jobs where ended_at is null group by 1, 2
     )
     select owner_id, coalesce(tallied.n, 0) as tallied, coalesce(counted.n, 0) as unended
       from tallied full join counted using (owner_id, platform_id)
      where coalesce(tallied.n, 0) <> coalesce(counted.n, 0)`,
  );
  return rows.map((row) => `I14: account ${row.owner_id} has ${row.unended} jobs and is told ${row.tallied}`);
}

/** Leased jobs whose lease has been over for longer than so many milliseconds, by the cloud's clock. */
export async function readForgottenLeases(
  database: SharedDatabase,
  scheduler: Scheduler,
  ms: number,
): Promise<string[]> {
  const { rows } = await database.run(
    `select id, state from jobs where state in ('running', 'cancel_requested')
        and lease_until < cloud_now() - make_interval(secs => $1::float8 / 1000)`,
    [ms],
    scheduler,
  );
  return (rows as { id: string; state: JobState }[]).map(
    ({ id, state }) => `L2: job ${id} is still ${state}, long after its lease was over`,
  );
}
