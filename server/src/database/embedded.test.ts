import fs, { mkdtempSync, rmSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "./database.ts";
import { prepared } from "./prepared.ts";
import { inTransaction } from "./transaction.ts";

test("what is brought to the log's end is asked of the disk", async () => {
  let syncs = 0;
  const fdatasync = fs.fdatasyncSync;
  fs.fdatasyncSync = (fd) => {
    syncs += 1;
    fdatasync(fd);
  };
  syncBuiltinESMExports();
  const directory = mkdtempSync(join(tmpdir(), "corbenic-embedded-"));
  try {
    const { DurableNodeFs } = await import("./durable-node-fs.ts");
    const { durableStartParams } = await import("./embedded-settings.ts");
    const pglite = await PGlite.create({ fs: new DurableNodeFs(directory), startParams: durableStartParams });
    await pglite.query("create table notes (text text)");
    const before = syncs;
    await pglite.query("select pg_logical_emit_message(false, '', '', true)");
    expect(syncs).toBeGreaterThan(before);
    await pglite.close();
  } finally {
    fs.fdatasyncSync = fdatasync;
    syncBuiltinESMExports();
    rmSync(directory, { recursive: true });
  }
});

describe("the embedded database on a directory", () => {
  const directory = mkdtempSync(join(tmpdir(), "corbenic-embedded-"));
  let database: Database;
  beforeAll(async () => {
    const { openEmbedded } = await import("./embedded.ts");
    database = await openEmbedded({ directory });
    await database.pool.query("create table notes (text text)");
  });
  afterAll(async () => {
    await database.close();
    rmSync(directory, { recursive: true });
  });

  test("runs with fsync on", async () => {
    const { rows } = await database.pool.query("show fsync");
    expect(rows).toEqual([{ fsync: "on" }]);
  });

  test("has a commit on the disk before it is acknowledged", async () => {
    await database.pool.query("insert into notes values ('kept')");
    const { rows } = await database.pool.query(
      "select pg_current_wal_insert_lsn() = pg_current_wal_flush_lsn() as flushed",
    );
    expect(rows).toEqual([{ flushed: true }]);
  });

  test("lets nobody into a transaction that is open, and goes on when its client is gone", async () => {
    const { pool } = database;
    const client = await pool.connect();
    await client.query("begin");
    await client.query("insert into notes values ('half')");
    const others = pool.query("select text from notes where text = 'half'");
    client.release(true);
    expect((await others).rows).toEqual([]);
  });

  test("lets many clients prepare the same statement at once", async () => {
    const asked = Array.from({ length: 20 }, (_, x) =>
      database.pool.query<{ x: number }>(prepared("select $1::int as x", [x])),
    );
    expect((await Promise.all(asked)).map(({ rows }) => rows[0]?.x)).toEqual(asked.map((_, x) => x));
  });

  test("goes on with prepared statements after statements that failed", () => goesOn(database));
});

describe("the embedded database in memory", () => {
  test("goes on with prepared statements after statements that failed", async () => {
    const { openEmbedded } = await import("./embedded.ts");
    const database = await openEmbedded("memory");
    await goesOn(database);
    await database.close();
  });
});

/** Inside a transaction and outside. */
async function goesOn({ pool }: Database): Promise<void> {
  const read = async () => (await pool.query<{ x: number }>(prepared("select $1::int as x", [1]))).rows;
  expect(await read()).toEqual([{ x: 1 }]);
  await expect(pool.query("select nonsense")).rejects.toThrow("nonsense");
  expect(await read()).toEqual([{ x: 1 }]);
  const failing = inTransaction(pool, async (client) => {
    await client.query(prepared("select 1 / $1::int as x", [0]));
  });
  await expect(failing).rejects.toThrow("division by zero");
  expect(await read()).toEqual([{ x: 1 }]);
  expect((await pool.query(prepared("select 1 / $1::int as x", [1]))).rows).toEqual([{ x: 1 }]);
}
