import { randomBytes } from "node:crypto";
import type pg from "pg";

export interface Queue {
  readonly platformId: string;
  readonly keyId: number;
}

/** Accounts with the ids 1 to `users`, in a database that has none. */
export async function addUsers(pool: pg.Pool, users: number): Promise<void> {
  await pool.query(
    "insert into users (email, password_hash) select n || '@bench', '-' from generate_series(1, $1::int) n",
    [users],
  );
}

/** A platform, and the key of a worker. */
export async function addQueue(pool: pg.Pool, name: string): Promise<Queue> {
  const platforms = await pool.query<{ id: string }>(
    "insert into platforms (name, type, specs) values ($1, 'simulator', '{}') returning id",
    [name],
  );
  const keys = await pool.query<{ id: number }>(
    "insert into credentials (kind, hash, label, user_id) values ('worker', $1, $2, 1) returning id",
    [randomBytes(32), name],
  );
  return { platformId: platforms.rows[0]!.id, keyId: keys.rows[0]!.id };
}

/** How a million jobs belong to whom. */
export interface Spread {
  readonly name: string;
  /** SQL: how many jobs user `u` has. */
  readonly jobs: string;
  /** SQL: the share group of user `u`. */
  readonly group: string;
}

/**
 * Fills a queue as so many submissions would have, all at once: each owner's jobs take turns with those of others.
 * Triggers are off meanwhile, which would place each job by itself.
 */
export async function fillQueue(
  pool: pg.Pool,
  { platformId }: Queue,
  users: number,
  spread: Spread,
): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("set session_replication_role = replica");
    await client.query(
      `insert into jobs (owner_id, platform_id, name, command, priority, max_duration_s, attempts_max,
                         share_group, slot_tag, owner_tag)
       select u, $1, 'bench ' || n, 'probs', 2, 3600, 3, ${spread.group},
              case when ${spread.group} < 0 then n else row_number() over (order by n, u) end, n
         from generate_series(1, $2::int) u cross join lateral generate_series(1, ${spread.jobs}) n
        order by n, u`,
      [platformId, users],
    );
    await client.query(
      `insert into job_payloads (job_id, payload) select id, '{}' from jobs where platform_id = $1`,
      [platformId],
    );
    await client.query(
      `insert into job_tallies (owner_id, platform_id, connection, unended)
       select owner_id, platform_id, 0, count(*) from jobs where platform_id = $1 group by 1, 2`,
      [platformId],
    );
    await client.query("set session_replication_role = origin");
    await client.query("vacuum analyze");
    await client.query("checkpoint");
  } finally {
    client.release();
  }
}

export async function emptyQueues(pool: pg.Pool): Promise<void> {
  await pool.query("truncate jobs, job_payloads, job_events, job_results, job_tallies cascade");
}
