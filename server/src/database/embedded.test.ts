import fs, { mkdtempSync, rmSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "./database.ts";
import { prepared } from "./prepared.ts";
import { inTransaction } from "./transaction.ts";

/** Counts how often this process asks the disk to keep what it was given. */
let syncs = 0;
const fdatasync = fs.fdatasyncSync;

describe("the embedded database on a directory", () => {
  const directory = mkdtempSync(join(tmpdir(), "corbenic-embedded-"));
  let database: Database;

  beforeAll(async () => {
    fs.fdatasyncSync = (fd) => {
      syncs += 1;
      fdatasync(fd);
    };
    syncBuiltinESMExports();
    const { openEmbedded } = await import("./embedded.ts");
    database = await openEmbedded({ directory });
    await database.pool.query("create table notes (text text)");
  });

  afterAll(async () => {
    await database.close();
    fs.fdatasyncSync = fdatasync;
    syncBuiltinESMExports();
    rmSync(directory, { recursive: true });
  });

  test("runs with fsync on", async () => {
    const { rows } = await database.pool.query("show fsync");
    expect(rows).toEqual([{ fsync: "on" }]);
  });

  test("asks the disk to keep a commit before it is acknowledged", async () => {
    const before = syncs;
    await database.pool.query("insert into notes values ('kept')");
    expect(syncs).toBeGreaterThan(before);
  });

  test("asks the disk nothing for a read", async () => {
    await database.pool.query("select * from notes");
    const before = syncs;
    await database.pool.query("select * from notes");
    expect(syncs).toBe(before);
  });
});

describe("the embedded database in memory", () => {
  test("goes on with prepared statements after statements that failed, inside a transaction and outside", async () => {
    const { openEmbedded } = await import("./embedded.ts");
    const { pool, close } = await openEmbedded("memory");
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
    await close();
  });
});
