import type { Queryable } from "../database/database.ts";

/** Keeps a piece of a result under the lease, in place of an earlier piece of that number. */
export async function stagePart(
  db: Queryable,
  staged: { jobId: string; hash: Buffer; number: number; part: string; bytesMax: number },
): Promise<{ bytes: number; stored: boolean } | undefined> {
  const { rows } = await db.query<{ bytes: number; stored: boolean }>(
    `with holder as (
       select id from jobs where id = $1 and lease_hash = $2 and state in ('running', 'cancel_requested')
          for update
     ), others as (
       select coalesce(sum(octet_length(part)), 0)::int as bytes from job_result_parts
        where job_id = $1 and lease_hash = $2 and number <> $3
     ), staged as (
       insert into job_result_parts (job_id, lease_hash, number, part)
       select id, $2, $3, $4 from holder, others where others.bytes + octet_length($4) <= $5
       on conflict (job_id, lease_hash, number) do update set part = excluded.part
       returning 1
     )
     select others.bytes + octet_length($4) as bytes, exists (select from staged) as stored from holder, others`,
    [staged.jobId, staged.hash, staged.number, staged.part, staged.bytesMax],
  );
  return rows[0];
}

/** The whole of what is staged under the lease, and in how many pieces, without holes from the first on. */
export async function findStaged(
  db: Queryable,
  jobId: string,
  hash: Buffer,
): Promise<{ results: string; parts: number } | undefined> {
  const { rows } = await db.query<{ results: string; parts: number }>(
    `select string_agg(part, '' order by number) as results, count(*)::int as parts from job_result_parts
      where job_id = $1 and lease_hash = $2
     having count(*) = max(number) + 1`,
    [jobId, hash],
  );
  return rows[0];
}
