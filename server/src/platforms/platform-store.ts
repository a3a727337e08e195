import type { PlatformLimits, PlatformSpecs, PlatformStatus } from "@corbenic/protocol";
import type { Queryable } from "../database/database.ts";

export interface PlatformRow {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly status: PlatformStatus;
  readonly specs: PlatformSpecs;
  readonly perfs: Record<string, unknown>;
  readonly limits: PlatformLimits;
  readonly jobs: number;
}

/** The platform of that name, if the user may use it. */
export async function findPlatformFor(
  db: Queryable,
  userId: number,
  name: string,
): Promise<PlatformRow | undefined> {
  const { rows } = await db.query<PlatformRow>(
    `select p.id, p.name, p.type, p.status, p.specs, p.perfs, p.limits,
            (select count(*)::int from jobs j
              where j.platform_id = p.id and j.state in ('waiting', 'running', 'suspended', 'cancel_requested')) as jobs
       from platforms p join platform_permissions may on may.platform_id = p.id and may.user_id = $1
      where p.name = $2 and p.status <> 'retired'`,
    [userId, name],
  );
  return rows[0];
}

export interface PlatformAnnouncement {
  readonly name: string;
  readonly type: string;
  readonly specs: PlatformSpecs;
}

/** Registers a platform, or renews what a registered one says of itself. */
export async function announcePlatform(db: Queryable, platform: PlatformAnnouncement): Promise<string> {
  const { rows } = await db.query<{ id: string }>(
    `insert into platforms (name, type, specs) values ($1, $2, $3)
     on conflict (name) where deleted_at is null do update set type = excluded.type, specs = excluded.specs
     returning id`,
    [platform.name, platform.type, JSON.stringify(platform.specs)],
  );
  return rows[0]!.id;
}

export async function permitUser(db: Queryable, userId: number, platformId: string): Promise<void> {
  await db.query(
    "insert into platform_permissions (user_id, platform_id) values ($1, $2) on conflict do nothing",
    [userId, platformId],
  );
}

/** The platforms that a worker key may take jobs of: all of them, or the one named if it is among them. */
export async function listPlatformIdsOfKey(
  db: Queryable,
  credentialId: number,
  name: string | undefined,
): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `select p.id from worker_key_platforms k join platforms p on p.id = k.platform_id
      where k.credential_id = $1 and ($2::text is null or p.name = $2) and p.status <> 'retired'`,
    [credentialId, name ?? null],
  );
  return rows.map((row) => row.id);
}
