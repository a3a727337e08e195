import type { PlatformStatus } from "@corbenic/protocol";
import type { Queryable } from "../database/database.ts";
import { instant } from "../http/cursor.ts";
import type { Page } from "./platform-store.ts";

type Shares = Readonly<Record<PlatformStatus, number>>;

export interface StatusShares extends Shares {
  readonly start: string;
  /** Of this hour or day, how much is known. */
  readonly seconds: number;
}

/** SQL: the part of the sum of `length` that was spent in a status. */
const share = (status: PlatformStatus) =>
  `least(1, coalesce(sum(length) filter (where status = '${status}'), 0) / sum(length))::float8 as ${status}`;

const shares = (["available", "maintenance", "unreachable", "retired"] as const).map(share).join(", ");

/**
 * How the last days of a platform are shared between statuses, by hours or days of UTC.
 * @param now the end of the time that is looked at; the database's clock unless given
 */
export async function readStatusShares(
  db: Queryable,
  platformId: string,
  { per, days, now = null }: { per: "hour" | "day"; days: number; now?: Date | null },
): Promise<StatusShares[]> {
  const { rows } = await db.query<StatusShares>(
    `with asked as (
       select coalesce($4::timestamptz, clock_timestamp()) as until,
              case $2::text when 'day' then interval '24 hours' else interval '1 hour' end as step
     ), spans as (
       select s.status, s.at as starts, lead(s.at, 1, asked.until) over (order by s.id) as ends
         from platform_statuses s, asked where s.platform_id = $1
     ), seen as (
       select status, greatest(starts, asked.until - make_interval(hours => 24 * $3)) as starts, least(ends, asked.until) as ends
         from spans, asked
     ), parts as (
       select status, bucket,
              extract(epoch from least(ends, bucket + step) - greatest(starts, bucket)) as length
         from seen, asked,
              generate_series(date_trunc($2, starts at time zone 'UTC') at time zone 'UTC', ends, step) as bucket
        where ends > starts
     )
     select ${instant("bucket")} as start, sum(length)::float8 as seconds, ${shares}
       from parts where length > 0 group by bucket order by bucket`,
    [platformId, per, days, now],
  );
  return rows;
}

export interface PublicPlatformRow {
  readonly name: string;
  readonly type: string;
  readonly status: PlatformStatus;
  readonly description: string;
  readonly availability: number | null;
}

/** The platforms that everybody may know of, by name, with the part of the last 30 days in which each was available. */
export async function listPublicPlatforms(db: Queryable, page: Page): Promise<PublicPlatformRow[]> {
  const { rows } = await db.query<PublicPlatformRow>(
    `select p.name, p.type, platform_status(p, now.at) as status, coalesce(p.specs ->> 'description', '') as description,
            lasted.availability
       from platforms p cross join (select clock_timestamp() as at) now cross join lateral (
         select least(1, coalesce(sum(length) filter (where status = 'available' and length > 0), 0)
                  / nullif(sum(length) filter (where length > 0), 0))::float8 as availability
           from (select s.status, extract(epoch from
                          lead(s.at, 1, now.at) over (order by s.id) - greatest(s.at, now.at - interval '30 days')) as length
                   from platform_statuses s where s.platform_id = p.id) spans) lasted
      where p.visibility = 'public' and p.deleted_at is null and ($1::text is null or p.name > $1)
      order by p.name limit $2`,
    [page.after, page.limit],
  );
  return rows;
}
