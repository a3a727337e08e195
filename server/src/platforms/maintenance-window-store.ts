import type { Queryable } from "../database/database.ts";
import { instant } from "../http/cursor.ts";

export interface MaintenanceWindowRow {
  readonly id: string;
  readonly platform_id: string;
  readonly start: string;
  readonly end: string;
  readonly reason: string;
}

const shown = `w.id, w.platform_id, ${instant("w.starts_at")} as start, ${instant("w.ends_at")} as end, w.reason`;

export interface WindowPage {
  readonly past: boolean;
  /** The end and the id that the page comes after. */
  readonly after: readonly [string, string] | null;
  readonly limit: number;
}

/** The windows of a platform, by their ends. */
export async function listWindows(
  db: Queryable,
  platformId: string,
  { past, after, limit }: WindowPage,
): Promise<MaintenanceWindowRow[]> {
  const { rows } = await db.query<MaintenanceWindowRow>(
    `select ${shown} from maintenance_windows w
      where w.platform_id = $1 and ($2 or w.ends_at > clock_timestamp())
        and ($3::timestamptz is null or (w.ends_at, w.id) > ($3, $4::uuid))
      order by w.ends_at, w.id limit $5`,
    [platformId, past, after?.[0] ?? null, after?.[1] ?? null, limit],
  );
  return rows;
}

const windowsShownMax = 200;

/** What everybody who may use a platform knows of the windows that touch a time: 90 days from now on unless given. */
export async function listWindowsWithin(
  db: Queryable,
  platformId: string,
  { start, end }: { readonly start: string | undefined; readonly end: string | undefined },
): Promise<Pick<MaintenanceWindowRow, "start" | "end" | "reason">[]> {
  const { rows } = await db.query<Pick<MaintenanceWindowRow, "start" | "end" | "reason">>(
    `select ${instant("w.starts_at")} as start, ${instant("w.ends_at")} as end, w.reason
       from maintenance_windows w
      cross join (select coalesce($2::timestamptz, clock_timestamp()) as starts_at) asked
      where w.platform_id = $1 and w.ends_at > asked.starts_at
        and w.starts_at < coalesce($3::timestamptz, asked.starts_at + interval '90 days')
      order by w.starts_at, w.id limit $4`,
    [platformId, start ?? null, end ?? null, windowsShownMax],
  );
  return rows;
}

/** The window of that id, of a platform that is there; nobody else changes it until the transaction has ended. */
export async function lockWindow(client: Queryable, id: string): Promise<MaintenanceWindowRow | undefined> {
  const { rows } = await client.query<MaintenanceWindowRow>(
    `select ${shown} from maintenance_windows w join platforms p on p.id = w.platform_id
      where w.id = $1 and p.deleted_at is null for update of w`,
    [id],
  );
  return rows[0];
}

export interface WindowTimes {
  readonly start: Date;
  readonly end: Date;
  readonly reason: string;
}

/** @returns undefined when it would be over already */
export async function insertWindow(
  client: Queryable,
  platformId: string,
  { start, end, reason }: WindowTimes,
): Promise<MaintenanceWindowRow | undefined> {
  const { rows } = await client.query<MaintenanceWindowRow>(
    `insert into maintenance_windows as w (platform_id, starts_at, ends_at, reason)
     select $1, $2, $3, $4 where $3 > clock_timestamp() returning ${shown}`,
    [platformId, start, end, reason],
  );
  return rows[0];
}

/** @returns undefined when it would be over already, before it begins */
export async function changeWindow(
  client: Queryable,
  id: string,
  { start, end, reason }: WindowTimes,
): Promise<MaintenanceWindowRow | undefined> {
  const { rows } = await client.query<MaintenanceWindowRow>(
    `update maintenance_windows w set starts_at = $2, ends_at = $3, reason = $4
      where w.id = $1 and ($3 > clock_timestamp() or $3 = w.ends_at) returning ${shown}`,
    [id, start, end, reason],
  );
  return rows[0];
}

export async function deleteWindow(client: Queryable, id: string): Promise<void> {
  await client.query("delete from maintenance_windows where id = $1", [id]);
}
