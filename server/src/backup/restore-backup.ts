import { createHash } from "node:crypto";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import type pg from "pg";
import { applyMigrations } from "../database/migrate.ts";
import { inTransaction } from "../database/transaction.ts";
import { beginEpoch } from "../maintenance/epoch.ts";
import { StartError } from "../start-error.ts";
import type { BackupEnd, BackupRow } from "./backup-format.ts";
import { type BackupTable, listBackupTables } from "./backup-tables.ts";
import { linesOf } from "./lines.ts";
import { damaged, readEnd, readHeader } from "./read-frame.ts";

const rowsAtOnce = 200;

/**
 * Fills an empty database from a backup, all in one transaction: it holds all of the backup, or nothing. A backup of
 * an older version is restored as it was and then migrated. No lease that was open when the backup was taken holds
 * afterwards: its job is taken from its worker, and the attempt does not count.
 * @returns how many rows of each table were restored
 * @throws {StartError} for a database that is not empty, and for a backup that is damaged, cut short or too new
 */
export async function restoreBackup(pool: pg.Pool, source: Readable): Promise<BackupEnd["rows"]> {
  return inTransaction(pool, async (client) => {
    await refuseUnlessEmpty(client);
    const rows = await readInto(client, source);
    await applyMigrations(client);
    await beginEpoch(client);
    return rows;
  });
}

async function refuseUnlessEmpty(client: pg.PoolClient): Promise<void> {
  const { rows } = await client.query(
    "select from pg_class where relnamespace = current_schema()::regnamespace",
  );
  if (rows.length > 0) {
    throw new StartError(
      "The database to restore into is not empty: give an empty one, or another directory with --data-dir.",
    );
  }
}

async function readInto(client: pg.PoolClient, source: Readable): Promise<BackupEnd["rows"]> {
  const digest = createHash("sha256");
  const counts: Record<string, number> = {};
  let tables: BackupTable[] | undefined;
  let end: BackupEnd | undefined;
  let pending: { table: string; rows: object[] } = { table: "", rows: [] };

  const insertPending = async () => {
    const { table, rows } = pending;
    if (rows.length > 0) await insert(client, table, rows);
    counts[table] = (counts[table] ?? 0) + rows.length;
  };
  const take = async (line: string) => {
    if (end !== undefined) throw damaged("goes on after its end");
    if (tables === undefined) {
      const { schema } = readHeader(line);
      await applyMigrations(client, schema);
      tables = await listBackupTables(client);
      await setTriggers(client, tables, "disable");
      // Migrations leave rows of their own, which the backup has as they became.
      for (const { name } of tables.toReversed()) await client.query(`delete from "${name}"`);
    } else if (line.startsWith("{")) {
      end = readEnd(line, digest.copy().digest("hex"));
      return;
    } else {
      const [table, row] = JSON.parse(line) as BackupRow;
      if (!tables.some(({ name }) => name === table)) throw damaged(`has rows of the unknown table ${table}`);
      if (table !== pending.table || pending.rows.length === rowsAtOnce) {
        await insertPending();
        pending = { table, rows: [] };
      }
      pending.rows.push(row);
    }
    digest.update(line).update("\n");
  };
  try {
    await pipeline(source, createGunzip(), async (chunks: AsyncIterable<Buffer>) => {
      for await (const line of linesOf(chunks)) await take(line);
    });
  } catch (cause) {
    if (cause instanceof StartError) throw cause;
    throw damaged(cause instanceof Error ? `cannot be read (${cause.message})` : "cannot be read", cause);
  }
  if (tables === undefined || end === undefined) throw damaged("is cut short");
  await insertPending();
  delete counts[""];
  await setTriggers(client, tables, "enable");
  await setSequences(client);
  return end.rows;
}

/** Rows are put back as they were: what triggers would make of them is in the backup already. */
async function setTriggers(
  client: pg.PoolClient,
  tables: readonly BackupTable[],
  what: "enable" | "disable",
): Promise<void> {
  for (const { name } of tables) await client.query(`alter table "${name}" ${what} trigger user`);
}

async function insert(client: pg.PoolClient, table: string, rows: readonly object[]): Promise<void> {
  await client.query(
    `insert into "${table}" overriding system value select * from json_populate_recordset(null::"${table}", $1)`,
    [JSON.stringify(rows)],
  );
}

/** The next number of each table's own sequence comes after those that were restored. */
async function setSequences(client: pg.PoolClient): Promise<void> {
  const { rows } = await client.query<{ table: string; column: string }>(
    `select t.relname as table, a.attname as column from pg_attribute a join pg_class t on t.oid = a.attrelid
      where t.relnamespace = current_schema()::regnamespace and a.attidentity <> ''`,
  );
  for (const { table, column } of rows) {
    await client.query(
      `select setval(pg_get_serial_sequence('"${table}"', '${column}'),
                     (select coalesce(max("${column}"), 0) + 1 from "${table}"), false)`,
    );
  }
}
