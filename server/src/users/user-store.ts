import type { Queryable } from "../database/database.ts";

export async function findAdministrator(db: Queryable): Promise<{ id: number } | undefined> {
  const { rows } = await db.query<{ id: number }>("select id from users where is_admin order by id limit 1");
  return rows[0];
}

export interface NewUser {
  readonly email: string;
  readonly passwordHash: string;
  readonly isAdmin: boolean;
}

export async function insertUser(db: Queryable, user: NewUser): Promise<number> {
  const { rows } = await db.query<{ id: number }>(
    "insert into users (email, password_hash, is_admin) values ($1, $2, $3) returning id",
    [user.email, user.passwordHash, user.isAdmin],
  );
  return rows[0]!.id;
}
