import type { JobState } from "@corbenic/protocol";
import type { Queryable } from "../database/database.ts";
import { gather, inOrder } from "../database/gather.ts";
import { prepared } from "../database/prepared.ts";

/**
 * Every read here takes whose jobs to look among: an account's, or with null everybody's. What is not among them
 * is not found, as if it did not exist.
 */
export type OwnerId = number | null;

export interface JobRow {
  readonly id: string;
  readonly owner_id: number;
  readonly name: string;
  readonly platform_name: string;
  readonly state: JobState;
  readonly progress: number;
  readonly progress_message: string | null;
  readonly status_message: string | null;
  readonly shots: number | null;
  readonly created_s: number;
  readonly started_s: number | null;
  readonly duration_s: number | null;
  /** The JSON of an object. */
  readonly last_intermediate_results: string | null;
}

const findJobs = gather<{ jobId: string; ownerId: OwnerId }, JobRow | undefined>(async (db, asked) => {
  const { rows } = await db.query<JobRow & { readonly asked: number }>(
    prepared(
      `select asked.number::int as asked, j.id, j.owner_id, j.name, p.name as platform_name, j.state, j.progress,
              j.progress_message, j.status_message, j.shots::float8 as shots,
              extract(epoch from j.created_at)::float8 as created_s,
              extract(epoch from j.started_at)::float8 as started_s,
              extract(epoch from coalesce(j.ended_at, cloud_now()) - j.started_at)::float8 as duration_s,
              (select results from job_intermediate_results i
                where i.job_id = j.id and i.attempt = j.attempt
                order by number desc limit 1) as last_intermediate_results
         from unnest((select $1::uuid[]), (select $2::int[])) with ordinality as asked (job_id, owner_id, number)
         cross join lateral (
           select * from jobs
            where id = asked.job_id and (asked.owner_id is null or owner_id = asked.owner_id)
            limit 1) j
         join platforms p on p.id = j.platform_id`,
      [asked.map(({ jobId }) => jobId), asked.map(({ ownerId }) => ownerId)],
    ),
  );
  return inOrder(rows, asked.length);
});

export function findJob(db: Queryable, ownerId: OwnerId, jobId: string): Promise<JobRow | undefined> {
  return findJobs(db, { jobId, ownerId });
}

export interface ResultRow {
  /** The JSON string that clients parse. */
  readonly results: string;
  readonly partial: boolean;
  /** The JSON of an object each, in order. */
  readonly intermediate_results: readonly string[];
}

const findResults = gather<{ jobId: string; ownerId: OwnerId }, ResultRow | undefined>(async (db, asked) => {
  const { rows } = await db.query<ResultRow & { readonly asked: number }>(
    prepared(
      `select asked.number::int as asked, r.results, r.partial,
              array(select i.results from job_intermediate_results i
                     where i.job_id = r.job_id and i.attempt = j.attempt
                     order by i.number) as intermediate_results
         from unnest((select $1::uuid[]), (select $2::int[])) with ordinality as asked (job_id, owner_id, number)
         cross join lateral (
           select id, attempt from jobs
            where id = asked.job_id and (asked.owner_id is null or owner_id = asked.owner_id)
            limit 1) j
         cross join lateral (select * from job_results where job_id = j.id limit 1) r`,
      [asked.map(({ jobId }) => jobId), asked.map(({ ownerId }) => ownerId)],
    ),
  );
  return inOrder(rows, asked.length);
});

export function findResult(db: Queryable, ownerId: OwnerId, jobId: string): Promise<ResultRow | undefined> {
  return findResults(db, { jobId, ownerId });
}

export interface JobDataRow {
  readonly id: string;
  readonly owner_id: number;
  readonly name: string;
  readonly platform_id: string;
  readonly platform_name: string;
  readonly command: string;
  readonly state: JobState;
  readonly payload: string;
  readonly pcvl_version: string | null;
  readonly process_id: string | null;
  readonly status_message: string | null;
  readonly parent_id: string | null;
  readonly shots: number | null;
  readonly token_id: number | null;
  readonly token_label: string | null;
  readonly created_at: Date;
  readonly started_at: Date | null;
  readonly duration_s: number | null;
}

export async function findJobData(
  db: Queryable,
  ownerId: OwnerId,
  jobId: string,
): Promise<JobDataRow | undefined> {
  const { rows } = await db.query<JobDataRow>(
    `select j.id, j.owner_id, j.name, j.platform_id, p.name as platform_name, j.command, j.state, payload.payload,
            j.pcvl_version, j.process_id, j.status_message, j.parent_id, j.shots::float8 as shots,
            j.token_id, token.label as token_label, j.created_at, j.started_at,
            extract(epoch from coalesce(j.ended_at, cloud_now()) - j.started_at)::float8 as duration_s
       from jobs j
       join platforms p on p.id = j.platform_id
       join job_payloads payload on payload.job_id = j.id
       left join credentials token on token.id = j.token_id
      where j.id = $1 and ($2::int is null or j.owner_id = $2)`,
    [jobId, ownerId],
  );
  return rows[0];
}

/** How many of the account's jobs wait or run, and how many of them run. */
export async function countJobsInQueue(
  db: Queryable,
  ownerId: number,
): Promise<{ readonly in_queue: number; readonly running: number }> {
  const { rows } = await db.query<{ in_queue: number; running: number }>(
    `select (select coalesce(sum(unended), 0)::int from job_tallies where owner_id = $1) as in_queue,
            (select count(*)::int from jobs
              where owner_id = $1 and state in ('running', 'cancel_requested')) as running`,
    [ownerId],
  );
  return rows[0]!;
}

/** An administrator has read the result of somebody else's job: its owner sees that among the job's events. */
export async function noteResultRead(db: Queryable, jobId: string): Promise<void> {
  await db.query(
    `insert into job_events (job_id, transition, to_state, attempt, actor)
     select id, 'read_result', state, attempt, 'admin' from jobs where id = $1`,
    [jobId],
  );
}

/** Merges the tallies of connections that are gone, once there are many. Sums stay the same at every instant. */
export async function mergeTallies(db: Queryable): Promise<void> {
  await db.query(
    `with crowded as (
       select owner_id, platform_id from job_tallies group by 1, 2 having count(*) > 64 limit 1000
     ), taken as (
       delete from job_tallies where ctid = any (array(
         select t.ctid from job_tallies t join crowded using (owner_id, platform_id)
          where connection <> pg_backend_pid()
            for update of t skip locked))
       returning owner_id, platform_id, unended
     )
     insert into job_tallies as tally (owner_id, platform_id, connection, unended)
     select owner_id, platform_id, pg_backend_pid(), sum(unended) from taken group by 1, 2
     on conflict (owner_id, platform_id, connection) do update set unended = tally.unended + excluded.unended`,
  );
}

/** How many jobs were ever submitted. */
export async function countSubmissions(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ submissions: number }>(
    "select coalesce(pg_sequence_last_value(pg_get_serial_sequence('jobs', 'number')), 0)::float8 as submissions",
  );
  return rows[0]!.submissions;
}
