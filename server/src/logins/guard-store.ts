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

/** The time by the database's clock, which is one for all processes. */
export async function readClock(db: Queryable): Promise<Date> {
  const { rows } = await db.query<{ now: Date }>("select clock_timestamp() as now");
  return rows[0]!.now;
}

export async function isKnownNetwork(client: Queryable, email: string, network: string): Promise<boolean> {
  const { rows } = await client.query(
    `select from login_networks n join users u on u.id = n.user_id
      where lower(u.email) = lower($1) and u.deleted_at is null and n.network = $2`,
    [email, network],
  );
  return rows.length > 0;
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
