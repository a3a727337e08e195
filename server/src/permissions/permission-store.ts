import type { Queryable } from "../database/database.ts";

export interface PermissionRow {
  readonly user_id: number;
  readonly email: string;
  readonly platform_id: string;
  readonly platform_name: string;
}

export interface PermissionFilter {
  readonly userId?: number | undefined;
  readonly platformId?: string | undefined;
  /** Only what comes after this user and platform. */
  readonly after: { readonly userId: number; readonly platformId: string } | undefined;
  readonly limit: number;
}

/** In the order of accounts and then platforms. */
export async function listPermissions(db: Queryable, filter: PermissionFilter): Promise<PermissionRow[]> {
  const { rows } = await db.query<PermissionRow>(
    `select u.id as user_id, u.email, p.id as platform_id, p.name as platform_name
       from platform_permissions may
       join users u on u.id = may.user_id and u.deleted_at is null
       join platforms p on p.id = may.platform_id
      where ($1::int is null or may.user_id = $1)
        and ($2::uuid is null or may.platform_id = $2)
        and ($3::int is null or (may.user_id, may.platform_id) > ($3::int, $4::uuid))
      order by may.user_id, may.platform_id limit $5`,
    [
      filter.userId ?? null,
      filter.platformId ?? null,
      filter.after?.userId ?? null,
      filter.after?.platformId ?? null,
      filter.limit,
    ],
  );
  return rows;
}

/** @returns whether the account was not permitted before */
export async function grant(client: Queryable, userId: number, platformId: string): Promise<boolean> {
  const { rowCount } = await client.query(
    "insert into platform_permissions (user_id, platform_id) values ($1, $2) on conflict do nothing",
    [userId, platformId],
  );
  return rowCount === 1;
}

/** @returns whether the account was permitted until now */
export async function withdraw(client: Queryable, userId: number, platformId: string): Promise<boolean> {
  const { rowCount } = await client.query(
    "delete from platform_permissions where user_id = $1 and platform_id = $2",
    [userId, platformId],
  );
  return rowCount === 1;
}

/** Permits the account these platforms and no others. */
export async function replacePermissions(
  client: Queryable,
  userId: number,
  platformIds: readonly string[],
): Promise<void> {
  await client.query(
    "delete from platform_permissions where user_id = $1 and platform_id <> all($2::uuid[])",
    [userId, platformIds],
  );
  await client.query(
    `insert into platform_permissions (user_id, platform_id)
     select $1, id from unnest($2::uuid[]) id on conflict do nothing`,
    [userId, platformIds],
  );
}

/** Those of the ids that no platform has. Platforms that are there are held until the transaction ends. */
export async function listMissingPlatforms(
  client: Queryable,
  platformIds: readonly string[],
): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    "select id from platforms where id = any($1::uuid[]) order by id for key share",
    [platformIds],
  );
  const there = new Set(rows.map(({ id }) => id));
  return platformIds.filter((id) => !there.has(id.toLowerCase()));
}
