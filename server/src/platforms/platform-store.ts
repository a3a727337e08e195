import type { PlatformLimits, PlatformSpecs, PlatformStatus } from "@corbenic/protocol";
import type { Principal } from "../credentials/credentials.ts";
import type { Queryable } from "../database/database.ts";
import { gather } from "../database/gather.ts";
import { prepared } from "../database/prepared.ts";
import { instant } from "../http/cursor.ts";

export interface PlatformRow {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly status: PlatformStatus;
  readonly specs: PlatformSpecs;
  readonly perfs: Record<string, unknown>;
  readonly limits: PlatformLimits;
  readonly legacy_single: boolean;
  readonly maintenance: { readonly start: string; readonly end: string; readonly reason: string } | null;
  readonly jobs: number;
}

/** SQL: what is shown of platform `p`. */
export const shown = `p.id, p.name, p.type, platform_status(p, clock_timestamp()) as status, p.specs, p.perfs, p.limits, p.legacy_single,
  (select json_build_object('start', ${instant("w.starts_at")}, 'end', ${instant("w.ends_at")}, 'reason', w.reason)
     from maintenance_windows w where w.platform_id = p.id and w.ends_at > clock_timestamp()
    order by w.starts_at, w.id limit 1) as maintenance,
  (select coalesce(sum(unended), 0)::int from job_tallies t where t.platform_id = p.id) as jobs`;

/** Who reads platforms. */
export type Reader = Pick<Principal, "userId" | "scopes"> & Partial<Pick<Principal, "kind">>;

/**
 * SQL: whether a reader may know of platform `p`, by a permission of the account that the token does not narrow.
 * Administrators who have logged in know of all.
 */
const readable = `p.deleted_at is null
  and ($1 or exists (select from platform_permissions may where may.platform_id = p.id and may.user_id = $2))
  and ($3::text[] is null or p.name like any($3))`;

function readerValues({ kind, userId, scopes }: Reader): [boolean, number, string[] | null] {
  return [kind === "admin", userId, scopes.platforms?.map(likePattern) ?? null];
}

/** `*` stands for any text, everything else for itself. */
function likePattern(pattern: string): string {
  return pattern.replace(/[\\%_]/g, "\\$&").replaceAll("*", "%");
}

/** The platform of that name, if the reader may know of it. */
export async function findPlatformFor(
  db: Queryable,
  reader: Reader,
  name: string,
): Promise<PlatformRow | undefined> {
  const { rows } = await db.query<PlatformRow>(
    prepared(`select ${shown} from platforms p where ${readable} and p.name = $4`, [
      ...readerValues(reader),
      name,
    ]),
  );
  return rows[0];
}

/** What a submission is held against. */
export type DestinationRow = Pick<
  PlatformRow,
  "id" | "name" | "type" | "specs" | "perfs" | "limits" | "legacy_single"
> & {
  readonly retired: boolean;
};

/**
 * The platform of that id or name, if the reader may know of it. Nothing is asked that a submission does not need:
 * what is shown of a platform takes ten times as long.
 */
export async function findDestination(
  db: Queryable,
  reader: Reader,
  named: { readonly id: string } | { readonly name: string },
): Promise<DestinationRow | undefined> {
  const [column, value] = "id" in named ? ["id", named.id] : ["name", named.name];
  const { rows } = await db.query<DestinationRow>(
    prepared(
      `select p.id, p.name, p.type, p.specs, p.perfs, p.limits, p.legacy_single, p.status = 'retired' as retired
         from platforms p where ${readable} and p.${column} = $4`,
      [...readerValues(reader), value],
    ),
  );
  return rows[0];
}

export interface Page {
  /** The name that the page comes after. */
  readonly after: string | null;
  readonly limit: number;
}

/** The platforms that the reader may know of, by name. */
export async function listPlatformsFor(db: Queryable, reader: Reader, page: Page): Promise<PlatformRow[]> {
  const { rows } = await db.query<PlatformRow>(
    `select ${shown} from platforms p
      where ${readable} and ($4::text is null or p.name > $4) order by p.name limit $5`,
    [...readerValues(reader), page.after, page.limit],
  );
  return rows;
}

export interface PlatformAnnouncement {
  readonly name: string;
  readonly type: string;
  readonly specs: PlatformSpecs;
  readonly workerId?: string | undefined;
}

/** Registers a platform, or renews what a registered one says of itself. */
export async function announcePlatform(db: Queryable, platform: PlatformAnnouncement): Promise<string> {
  const { rows } = await db.query<{ id: string }>(
    `insert into platforms (name, type, specs, worker_id) values ($1, $2, $3, $4)
     on conflict (name) where deleted_at is null do update set
       type = excluded.type, specs = excluded.specs, worker_id = coalesce(excluded.worker_id, platforms.worker_id)
     returning id`,
    [platform.name, platform.type, JSON.stringify(platform.specs), platform.workerId ?? null],
  );
  return rows[0]!.id;
}

export async function permitUser(db: Queryable, userId: number, platformId: string): Promise<void> {
  await db.query(
    "insert into platform_permissions (user_id, platform_id) values ($1, $2) on conflict do nothing",
    [userId, platformId],
  );
}

/** A platform that a worker key may take jobs of, and whether its workers cannot name their leases. */
export interface ServedPlatform {
  readonly id: string;
  readonly legacy_single: boolean;
}

const listServedPlatforms = gather<{ keyId: number; name: string | null }, ServedPlatform[]>(
  async (db, asked) => {
    const { rows } = await db.query<ServedPlatform & { readonly asked: number }>(
      prepared(
        `with served as (
           select asked.number, p.id, p.legacy_single,
                  coalesce(p.last_fetch_at < clock_timestamp() - interval '30 seconds', true) as due
             from unnest((select $1::int[]), (select $2::text[])) with ordinality as asked (key_id, name, number)
             join worker_key_platforms k on k.credential_id = asked.key_id
             join platforms p on p.id = k.platform_id
            where (asked.name is null or p.name = asked.name) and p.status <> 'retired'
         ), due as (
           select p.id from platforms p
            where p.id in (select id from served where due)
              and coalesce(p.last_fetch_at < clock_timestamp() - interval '30 seconds', true)
              for no key update skip locked
         ), noted as (
           update platforms set last_fetch_at = clock_timestamp() from due where platforms.id = due.id
         )
         select number::int as asked, id, legacy_single from served`,
        [asked.map(({ keyId }) => keyId), asked.map(({ name }) => name)],
      ),
    );
    const served: ServedPlatform[][] = asked.map(() => []);
    for (const { asked: number, id, legacy_single } of rows) served[number - 1]?.push({ id, legacy_single });
    return served;
  },
);

/**
 * The platforms that a worker key may take jobs of: all of them, or the one named if it is among them. A worker that
 * asks is written down twice a minute at most, and never waits for another that is being written down.
 */
export function listPlatformsOfKey(
  db: Queryable,
  keyId: number,
  name: string | undefined,
): Promise<ServedPlatform[]> {
  return listServedPlatforms(db, { keyId, name: name ?? null });
}
