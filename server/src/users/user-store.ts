import type { Queryable } from "../database/database.ts";

/** The statements here see no deleted account: one is told of by its jobs and the audit trail alone. */

export interface UserRow {
  readonly id: number;
  readonly email: string;
  readonly first_name: string;
  readonly last_name: string;
  readonly is_admin: boolean;
  readonly priority: number;
  readonly company_id: number | null;
  readonly platform_ids: string[];
  readonly enabled: boolean;
  readonly created_at: Date;
}

const view = `u.id, u.email, u.first_name, u.last_name, u.is_admin, u.priority, u.company_id,
  array(select may.platform_id from platform_permissions may where may.user_id = u.id order by 1) as platform_ids,
  u.disabled_at is null as enabled, u.created_at`;

/** An enabled one if there is any. */
export async function findAdministrator(db: Queryable): Promise<{ id: number } | undefined> {
  const { rows } = await db.query<{ id: number }>(
    "select id from users where is_admin order by disabled_at is not null, id limit 1",
  );
  return rows[0];
}

export async function findUser(db: Queryable, id: number): Promise<UserRow | undefined> {
  const { rows } = await db.query<UserRow>(
    `select ${view} from users u where u.id = $1 and u.deleted_at is null`,
    [id],
  );
  return rows[0];
}

/** Holds the account until the transaction ends: whoever changes it too, or submits a job of it, waits. */
export async function lockUser(client: Queryable, id: number): Promise<UserRow | undefined> {
  const { rows } = await client.query(
    "select from users where id = $1 and deleted_at is null for no key update",
    [id],
  );
  return rows.length === 0 ? undefined : findUser(client, id);
}

export interface UserFilter {
  readonly text?: string | undefined;
  readonly companyId?: number | undefined;
  readonly isAdmin?: boolean | undefined;
  readonly enabled?: boolean | undefined;
  /** Only accounts with a higher id. */
  readonly afterId: number;
  readonly limit: number;
}

/** In the order in which they were made. */
export async function listUsers(db: Queryable, filter: UserFilter): Promise<UserRow[]> {
  const { rows } = await db.query<UserRow>(
    `select ${view} from users u
      where u.deleted_at is null and u.id > $1::bigint
        and ($2::text is null
             or position(lower($2) in lower(u.email || ' ' || u.first_name || ' ' || u.last_name)) > 0)
        and ($3::int is null or u.company_id = $3)
        and ($4::boolean is null or u.is_admin = $4)
        and ($5::boolean is null or (u.disabled_at is null) = $5)
      order by u.id limit $6`,
    [
      filter.afterId,
      filter.text ?? null,
      filter.companyId ?? null,
      filter.isAdmin ?? null,
      filter.enabled ?? null,
      filter.limit,
    ],
  );
  return rows;
}

export interface NewUser {
  readonly email: string;
  readonly passwordHash: string;
  readonly isAdmin: boolean;
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
  readonly priority?: number | undefined;
  readonly companyId?: number | null | undefined;
}

/** @returns the account's id */
export async function insertUser(db: Queryable, user: NewUser): Promise<number> {
  const { rows } = await db.query<{ id: number }>(
    `insert into users (email, password_hash, is_admin, first_name, last_name, priority, company_id)
     values ($1, $2, $3, coalesce($4, ''), coalesce($5, ''), coalesce($6, 2), $7)
     returning id`,
    [
      user.email,
      user.passwordHash,
      user.isAdmin,
      user.firstName ?? null,
      user.lastName ?? null,
      user.priority ?? null,
      user.companyId ?? null,
    ],
  );
  return rows[0]!.id;
}

/** The fields that a change may name, as columns; what is undefined stays. */
export interface UserFields {
  readonly email?: string | undefined;
  readonly first_name?: string | undefined;
  readonly last_name?: string | undefined;
  readonly priority?: number | undefined;
  /** Null for none. */
  readonly company_id?: number | null | undefined;
}

export async function updateUser(client: Queryable, id: number, fields: UserFields): Promise<void> {
  await client.query(
    `update users set email = coalesce($2, email), first_name = coalesce($3, first_name),
                      last_name = coalesce($4, last_name), priority = coalesce($5, priority),
                      company_id = case when $6 then $7 else company_id end
      where id = $1`,
    [
      id,
      fields.email ?? null,
      fields.first_name ?? null,
      fields.last_name ?? null,
      fields.priority ?? null,
      fields.company_id !== undefined,
      fields.company_id ?? null,
    ],
  );
}

export async function setEnabled(client: Queryable, id: number, enabled: boolean): Promise<void> {
  await client.query(
    "update users set disabled_at = case when $2 then null else clock_timestamp() end where id = $1",
    [id, enabled],
  );
}

export async function setAdministratorFlag(client: Queryable, id: number, isAdmin: boolean): Promise<void> {
  await client.query("update users set is_admin = $2 where id = $1", [id, isAdmin]);
}

/** Frees the account's email and company, and ends it for good. Its row stays for what refers to it. */
export async function markDeleted(client: Queryable, id: number): Promise<void> {
  await client.query(
    `with secrets as (delete from one_time_secrets where user_id = $1),
          networks as (delete from login_networks where user_id = $1)
     update users set deleted_at = clock_timestamp(), company_id = null where id = $1`,
    [id],
  );
}

/**
 * Holds every enabled administrator until the transaction ends, in the order of their ids: of two transactions that
 * would each remove one of the last two, the second waits here and then sees what the first has done.
 * @returns their ids
 */
export async function lockAdministrators(client: Queryable): Promise<number[]> {
  const { rows } = await client.query<{ id: number }>(
    "select id from users where is_admin and disabled_at is null and deleted_at is null order by id for no key update",
  );
  return rows.map(({ id }) => id);
}

export async function findPasswordHash(db: Queryable, id: number): Promise<string | undefined> {
  const { rows } = await db.query<{ password_hash: string }>(
    "select password_hash from users where id = $1",
    [id],
  );
  return rows[0]?.password_hash;
}

export async function setPasswordHash(client: Queryable, id: number, passwordHash: string): Promise<void> {
  await client.query("update users set password_hash = $2 where id = $1", [id, passwordHash]);
}
