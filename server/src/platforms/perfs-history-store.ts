import type { PerfsHistory } from "@corbenic/protocol";
import type { Queryable } from "../database/database.ts";
import { instant } from "../http/cursor.ts";

/**
 * What a platform measured of itself in the last days: the last snapshot of each of so many stretches of equal
 * length, with those of its perfs that are numbers.
 * @param now the end of the time that is looked at; the database's clock unless given
 */
export async function readPerfsHistory(
  db: Queryable,
  platformId: string,
  { days, points, now = null }: { days: number; points: number; now?: Date | null },
): Promise<PerfsHistory["snapshots"]> {
  const { rows } = await db.query<PerfsHistory["snapshots"][number]>(
    `with asked as (
       select coalesce($4::timestamptz, clock_timestamp()) as until, make_interval(hours => 24 * $2) as length
     ), shown as (
       select distinct on (stretch) at, perfs
         from platform_perfs, asked,
              lateral (select floor(extract(epoch from until - at) * $3 / extract(epoch from length)) as stretch) s
        where platform_id = $1 and at > until - length and at <= until
        order by stretch, at desc
     )
     select ${instant("at")} as at,
            (select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(perfs)
              where jsonb_typeof(value) = 'number') as perfs
       from shown order by shown.at`,
    [platformId, days, points, now],
  );
  return rows;
}
