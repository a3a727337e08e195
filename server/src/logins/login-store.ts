import type { Queryable } from "../database/database.ts";

export interface LoginRow {
  readonly id: number;
  readonly email: string;
  readonly is_admin: boolean;
  readonly enabled: boolean;
  readonly password_hash: string;
}

/** The account that logs in with this email. */
export async function findLogin(db: Queryable, email: string): Promise<LoginRow | undefined> {
  const { rows } = await db.query<LoginRow>(
    `select id, email, is_admin, disabled_at is null as enabled, password_hash
       from users where lower(email) = lower($1) and deleted_at is null`,
    [email],
  );
  return rows[0];
}

/** Ends the account's logins, except one. @returns how many */
export async function revokeLogins(
  client: Queryable,
  userId: number,
  exceptId: number | null,
): Promise<number> {
  const { rowCount } = await client.query(
    `update credentials set revoked_at = clock_timestamp()
      where user_id = $1 and kind = 'login' and revoked_at is null and id is distinct from $2`,
    [userId, exceptId],
  );
  return rowCount ?? 0;
}

/** Removes logins that have been over for a month. */
export async function dropOldLogins(db: Queryable): Promise<void> {
  await db.query(
    "delete from credentials where kind = 'login' and expires_at < clock_timestamp() - interval '30 days'",
  );
}
