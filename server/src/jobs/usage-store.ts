import type { JobUsage } from "@corbenic/protocol";
import type { Queryable } from "../database/database.ts";

/** What the account's jobs of a time took, by the day of their submission, the newest first. */
export async function readJobUsage(
  db: Queryable,
  ownerId: number,
  time: { readonly since: Date; readonly until: Date },
): Promise<JobUsage[]> {
  const { rows } = await db.query<JobUsage>(
    `with used as (
       select to_char(created_at at time zone 'UTC', 'YYYY-MM-DD') as day, platform_id, token_id,
              count(*)::int as jobs,
              count(*) filter (where state = 'completed')::int as completed,
              count(*) filter (where state = 'error')::int as failed,
              count(*) filter (where state = 'canceled')::int as canceled,
              coalesce(sum(greatest(0, extract(epoch from coalesce(ended_at, cloud_now()) - started_at))), 0)::float8
                as ran_for_s,
              sum(shots) filter (where started_at is not null)::float8 as shots_max
         from jobs
        where owner_id = $1 and created_at >= $2 and created_at < $3
        group by 1, platform_id, token_id
     )
     select u.day, p.name as platform_name, u.token_id, token.label as token_label, u.jobs, u.completed, u.failed,
            u.canceled, u.ran_for_s, u.shots_max
       from used u join platforms p on p.id = u.platform_id left join credentials token on token.id = u.token_id
      order by u.day desc, p.name, u.token_id nulls first`,
    [ownerId, time.since, time.until],
  );
  return rows;
}
