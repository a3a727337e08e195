import type { JobState } from "@corbenic/protocol";
import type { Queryable } from "../database/database.ts";
import { instant } from "../http/cursor.ts";

export interface ListedGroup {
  readonly name: string;
  readonly last_created_at: string;
  /** Jobs in each state that has any. */
  readonly counts: Readonly<Partial<Record<JobState, number>>>;
}

/**
 * One page of the account's groups, the one with the newest job first. The names are found by leaping through the
 * index from one to the next, without reading the jobs between; only the groups of the page are counted.
 * @param text that the names contain, in any case
 * @param after when the newest job of the group before was submitted, and its name
 */
export async function listGroups(
  db: Queryable,
  ownerId: number,
  {
    text,
    limit,
    after,
  }: {
    readonly text: string | undefined;
    readonly limit: number;
    readonly after: readonly string[] | undefined;
  },
): Promise<ListedGroup[]> {
  const { rows } = await db.query<ListedGroup>(
    `with recursive leap as (
       (select group_name, created_at from jobs
         where owner_id = $1 and group_name is not null
         order by group_name, created_at desc, id limit 1)
       union all
       select next.group_name, next.created_at from leap cross join lateral (
         select group_name, created_at from jobs
          where owner_id = $1 and group_name > leap.group_name
          order by group_name, created_at desc, id limit 1) next
     ), page as (
       select group_name, created_at from leap
        where ($2::timestamptz is null or (created_at, group_name) < ($2, $3))
          and ($5::text is null or position(lower($5) in lower(group_name)) > 0)
        order by created_at desc, group_name desc
        limit $4
     )
     select group_name as name, ${instant("created_at")} as last_created_at,
            (select jsonb_object_agg(state, jobs) from (
               select state, count(*) as jobs from jobs j
                where j.owner_id = $1 and j.group_name = page.group_name
                group by state) counted) as counts
       from page order by created_at desc, group_name desc`,
    [ownerId, after?.[0] ?? null, after?.[1] ?? null, limit, text ?? null],
  );
  return rows;
}

export async function hasGroup(db: Queryable, ownerId: number, name: string): Promise<boolean> {
  const { rows } = await db.query("select from jobs where owner_id = $1 and group_name = $2 limit 1", [
    ownerId,
    name,
  ]);
  return rows.length > 0;
}
