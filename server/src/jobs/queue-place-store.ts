import type { PlatformStatus } from "@corbenic/protocol";
import type { Queryable } from "../database/database.ts";

/** Counting stops here: whoever waits behind so many is told that there are more. */
export const countedMax = 10_000;

export interface QueuePlaceRow {
  readonly platform_name: string;
  readonly platform_status: PlatformStatus;
  /** When the maintenance that is under way ends and why it is made, where that was announced. */
  readonly maintenance_until: Date | null;
  readonly maintenance_reason: string | null;
  /** Since a worker last asked for a job; null when none ever did. */
  readonly unasked_s: number | null;
  readonly running: boolean;
  /** Until the job may start at all. */
  readonly due_in_s: number;
  /** At most one more than `countedMax`, each. */
  readonly higher_priority: number;
  readonly same_priority: number;
  /** Between two of the platform's latest starts, half of them being shorter; null when it had hardly any. */
  readonly between_starts_s: number | null;
}

const [bound, startsLookedAt] = [countedMax + 1, 100];

/**
 * Where a waiting job stands, by the order in which claims take jobs (`acquireLease`): the owner's older jobs tell
 * which of its owner's places the job will use, that place which of the group's slots, and that slot what is
 * before it. Every count is bounded, so the time is, too: the planner is not to sort a whole group that it takes for
 * small, which is why this has a transaction of its own.
 */
export async function findQueuePlace(client: Queryable, jobId: string): Promise<QueuePlaceRow | undefined> {
  await client.query(
    `set local enable_sort = off; set local enable_incremental_sort = off;
     set local enable_bitmapscan = off; set local enable_seqscan = off; set local jit = off`,
  );
  const flow = "w.platform_id = job.platform_id and w.priority = job.priority and w.state = 'waiting'";
  const { rows } = await client.query<QueuePlaceRow>(
    `with job as (
       select * from jobs where id = $1 and state = 'waiting'
     ), older as (
       select count(*) as jobs from (
         select from job cross join lateral (
           select from jobs w
            where ${flow} and w.share_group = job.share_group and w.owner_id = job.owner_id
              and w.number < job.number
            limit ${bound}) counted) all_counted
     ), place as (
       select w.owner_tag, w.number from job cross join older cross join lateral (
         select * from jobs w
          where ${flow} and w.share_group = job.share_group and w.owner_id = job.owner_id
          order by w.owner_tag, w.number offset older.jobs limit 1) w
     ), before_place as (
       select count(*) as jobs from (
         select from job cross join place cross join lateral (
           select from jobs w
            where ${flow} and w.share_group = job.share_group
              and (w.owner_tag, w.number) < (place.owner_tag, place.number)
            limit ${bound}) counted) all_counted
     ), slot as (
       select w.slot_tag, w.number from job cross join before_place cross join lateral (
         select * from jobs w
          where ${flow} and w.share_group = job.share_group
          order by w.slot_tag, w.number offset before_place.jobs limit 1) w
     ), start_gap as (
       select started_at - lead(started_at) over (order by started_at desc) as gap from (
         select w.started_at from job cross join lateral (
           select started_at from jobs w
            where w.platform_id = job.platform_id and w.started_at is not null
            order by w.started_at desc limit ${startsLookedAt}) w) latest
     )
     select p.name as platform_name, platform_status(p, clock_timestamp()) as platform_status,
            maintenance.ends_at as maintenance_until, maintenance.reason as maintenance_reason,
            extract(epoch from clock_timestamp() - p.last_fetch_at)::float8 as unasked_s,
            exists (select from jobs w where w.platform_id = job.platform_id
                       and w.state in ('running', 'cancel_requested')) as running,
            greatest(0, extract(epoch from greatest(job.not_before, clock_timestamp()) - clock_timestamp()))::float8 as due_in_s,
            (select count(*)::int from (
               select from jobs w
                where w.platform_id = job.platform_id and w.priority > job.priority and w.state = 'waiting'
                limit ${bound}) counted) as higher_priority,
            (select count(*)::int from (
               select from slot cross join lateral (
                 select from jobs w
                  where ${flow} and (w.slot_tag, w.number) < (slot.slot_tag, slot.number)
                  limit ${bound}) w) counted) as same_priority,
            (select extract(epoch from percentile_disc(0.5) within group (order by gap))::float8
               from start_gap having count(gap) >= 3) as between_starts_s
       from job
       join platforms p on p.id = job.platform_id
       left join lateral (
         select ends_at, reason from maintenance_windows
          where platform_id = p.id and starts_at <= clock_timestamp() and ends_at > clock_timestamp()
          order by ends_at desc limit 1) maintenance on true`,
    [jobId],
  );
  return rows[0];
}
