import type { Queryable } from "../database/database.ts";
import type { Guard } from "./guard.ts";

/** The guards of these keys, held until the transaction ends, in the order of their keys as everybody does it. */
export async function lockGuards(
  client: Queryable,
  keys: readonly string[],
  now: Date,
): Promise<Map<string, Guard>> {
  await client.query(
    `insert into login_guards (key, failures, at, not_before)
     select key, 0, $2, $2 from unnest($1::text[]) key order by key on conflict do nothing`,
    [keys, now],
  );
  const { rows } = await client.query<{ key: string; failures: number; at: Date; not_before: Date }>(
    "select key, failures, at, not_before from login_guards where key = any($1) order by key for update",
    [keys],
  );
  return new Map(
    rows.map(({ key, failures, at, not_before }) => [key, { failures, at, notBefore: not_before }]),
  );
}

export async function saveGuards(client: Queryable, guards: ReadonlyMap<string, Guard>): Promise<void> {
  const all = [...guards.values()];
  await client.query(
    `update login_guards g set failures = saved.failures, at = saved.at, not_before = saved.not_before
       from unnest($1::text[], $2::float8[], $3::timestamptz[], $4::timestamptz[])
            as saved (key, failures, at, not_before)
      where g.key = saved.key`,
    [
      [...guards.keys()],
      all.map(({ failures }) => failures),
      all.map(({ at }) => at),
      all.map(({ notBefore }) => notBefore),
    ],
  );
}

export async function dropGuard(client: Queryable, key: string): Promise<void> {
  await client.query("delete from login_guards where key = $1", [key]);
}

/** Forgets guards that have not been touched for a day, when they count nothing any more. */
export async function dropOldGuards(db: Queryable): Promise<void> {
  await db.query("delete from login_guards where at < clock_timestamp() - interval '1 day'");
}

/** The time, by the database's clock unless one is given, and whether the account has logged in from there. */
export async function readScene(
  db: Queryable,
  { at, email, network }: { at: Date | undefined; email: string; network: string },
): Promise<{ now: Date; isKnown: boolean }> {
  const { rows } = await db.query<{ now: Date; is_known: boolean }>(
    `select coalesce($1::timestamptz, clock_timestamp()) as now,
            exists (select from login_networks n join users u on u.id = n.user_id
                     where lower(u.email) = lower($2) and u.deleted_at is null and n.network = $3) as is_known`,
    [at ?? null, email, network],
  );
  const { now, is_known } = rows[0]!;
  return { now, isKnown: is_known };
}

/** When an attempt that all of these guard may be made, at a glance that holds nothing. */
export async function readNotBefore(db: Queryable, keys: readonly string[]): Promise<Date | undefined> {
  const { rows } = await db.query<{ not_before: Date | null }>(
    "select max(not_before) as not_before from login_guards where key = any($1)",
    [keys],
  );
  return rows[0]?.not_before ?? undefined;
}

const networksKept = 20;

/** Remembers where an account has logged in from: the last few networks. */
export async function rememberNetwork(
  client: Queryable,
  userId: number,
  network: string,
  now: Date,
): Promise<void> {
  await client.query(
    `insert into login_networks (user_id, network, at) values ($1, $2, $3)
     on conflict (user_id, network) do update set at = excluded.at`,
    [userId, network, now],
  );
  await client.query(
    `delete from login_networks where user_id = $1 and network in (
       select network from login_networks where user_id = $1 order by at desc, network offset $2)`,
    [userId, networksKept],
  );
}
