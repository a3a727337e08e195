import type { PlatformStatus } from "@corbenic/protocol";
import type { Queryable } from "../database/database.ts";

export interface PlatformLoad {
  readonly name: string;
  readonly status: PlatformStatus;
  readonly unended: number;
  readonly running: number;
  /** Null when no job waits. */
  readonly head_wait_s: number | null;
  /** Null when no worker has ever asked for a job. */
  readonly unasked_s: number | null;
}

/** Each look-up is of a few entries of an index, however many jobs wait. */
export async function listPlatformLoads(db: Queryable): Promise<PlatformLoad[]> {
  const { rows } = await db.query<PlatformLoad>(
    `select p.name, platform_status(p, clock_timestamp()) as status,
            (select coalesce(sum(unended), 0)::int from job_tallies where platform_id = p.id) as unended,
            (select count(*)::int from jobs
              where platform_id = p.id and state in ('running', 'cancel_requested')) as running,
            (select extract(epoch from clock_timestamp() - created_at)::float8 from jobs
              where platform_id = p.id and state = 'waiting'
              order by priority desc, slot_tag, number limit 1) as head_wait_s,
            extract(epoch from clock_timestamp() - p.last_fetch_at)::float8 as unasked_s
       from platforms p
      where p.deleted_at is null and p.status <> 'retired'
      order by p.name`,
  );
  return rows;
}
