import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isDatabaseAway } from "../../server/src/database/away.ts";
import type { Database } from "../../server/src/database/database.ts";
import { openPostgres } from "../../server/src/database/postgres.ts";
import { lastHeard } from "../../server/src/database/silence.ts";
import { inTransaction } from "../../server/src/database/transaction.ts";
import { type PrivatePostgres, startPrivatePostgres } from "../../server/test/private-postgres.ts";
import { type Balancer, startBalancer } from "./balancer.ts";

const postgres = await startPrivatePostgres({ fsync: false });

describe.skipIf(postgres === undefined)("a database that falls silent", () => {
  const server = postgres as PrivatePostgres;
  let cable: Balancer;
  let database: Database;
  beforeAll(async () => {
    cable = await startBalancer([Number(new URL(server.url).port)]);
    const url = new URL(server.url);
    url.port = String(cable.port);
    database = await openPostgres(url.href, { poolSize: 1, statementMs: 200 });
  });
  afterAll(async () => {
    await database.close();
    await cable.close();
    await server.stop();
  });

  test("fails the statement that waits, whose connection nobody gets again", async () => {
    const before = await backend(database);
    cable.stall();
    const error: unknown = await database.pool.query("select 1").catch((error: unknown) => error);
    expect(isDatabaseAway(error)).toBe(true);
    cable.mend();
    expect(await backend(database)).not.toBe(before);
  });

  test("fails a transaction at its first statement that waits, without asking it to roll back", async () => {
    const before = await backend(database);
    const failing = inTransaction(database.pool, async (client) => {
      await client.query("create table torn (id integer)");
      cable.stall();
      await client.query("insert into torn values (1)");
    });
    const error: unknown = await failing.catch((error: unknown) => error);
    expect(isDatabaseAway(error)).toBe(true);
    cable.mend();
    expect(await backend(database)).not.toBe(before);
    await expect(database.pool.query("select from torn")).rejects.toMatchObject({ code: "42P01" });
  });

  test("is known by when it was last heard", async () => {
    await database.pool.query("select 1");
    const before = lastHeard(database.pool)!;
    await database.pool.query("select 1");
    expect(lastHeard(database.pool)).toBeGreaterThan(before);
  });

  test("has ended what a machine that is gone had begun, so that its locks are free", async () => {
    const { rows } = await database.pool.query<{ name: string; setting: string }>(
      `select name, setting from pg_settings
        where name in ('idle_in_transaction_session_timeout', 'tcp_keepalives_idle', 'client_connection_check_interval')
        order by name`,
    );
    expect(rows.map(({ name, setting }) => [name, Number(setting)])).toEqual([
      ["client_connection_check_interval", 5_000],
      ["idle_in_transaction_session_timeout", 5_000],
      ["tcp_keepalives_idle", 10],
    ]);
  });
});

async function backend({ pool }: Database): Promise<number> {
  const { rows } = await pool.query<{ pid: number }>("select pg_backend_pid() as pid");
  return rows[0]!.pid;
}
