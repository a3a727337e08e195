import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { openEmbedded } from "../src/database/embedded.ts";
import { applyMigrations, migrate } from "../src/database/migrate.ts";
import { inTransaction } from "../src/database/transaction.ts";
import { acquireLease } from "../src/leases/lease-store.ts";

test("jobs of an older database keep their order, their counts and what they were", async () => {
  const { pool, close } = await openEmbedded("memory");
  await inTransaction(pool, (client) => applyMigrations(client, 3));
  const insert = async (sql: string, values: unknown[] = []) =>
    (await pool.query<{ id: string }>(`${sql} returning id`, values)).rows.map(({ id }) => id);
  const users = await insert("insert into users (email, password_hash) values ('a', '-'), ('b', '-')");
  const [platform] = await insert(
    "insert into platforms (name, type, specs) values ('sim:old', 'simulator', '{}')",
  );
  const [key] = await insert(
    "insert into credentials (kind, hash, label, user_id) values ('worker', $1, 'key', $2)",
    [randomBytes(32), users[0]],
  );
  const job = async (owner: number, minute: number, state = "waiting") => {
    const ended = state === "waiting" ? null : "2026-01-02T00:00:00Z";
    const [id] = await insert(
      `insert into jobs (owner_id, platform_id, name, command, priority, max_duration_s, attempts_max, created_at,
                         state, ended_at)
       values ($1, $2, 'old', 'probs', 2, 60, 3, make_timestamptz(2026, 1, 1, 0, $3, 0), $4, $5)`,
      [users[owner], platform, minute, state, ended],
    );
    await pool.query("insert into job_payloads (job_id, payload) values ($1, '{}')", [id]);
    return id!;
  };
  // The younger job is inserted first: the order is that of their age.
  const [second, first] = [await job(0, 2), await job(0, 1)];
  const ofOther = await job(1, 30);
  await job(0, 0, "completed");

  await migrate(pool);
  const { rows } = await pool.query(
    "select owner_id, sum(unended)::int as unended from job_tallies group by owner_id order by owner_id",
  );
  expect(rows).toEqual([
    { owner_id: users[0], unended: 2 },
    { owner_id: users[1], unended: 1 },
  ]);
  const claim = async () =>
    (
      await acquireLease(pool, {
        platformIds: [platform!],
        keyId: Number(key),
        hash: randomBytes(32),
        ttlMs: 60_000,
        fetched: null,
      })
    )?.id;
  expect([await claim(), await claim(), await claim(), await claim()]).toEqual([
    first,
    ofOther,
    second,
    undefined,
  ]);
  await close();
});
