import { createHash } from "node:crypto";
import { once } from "node:events";
import type { Writable } from "node:stream";
import { finished } from "node:stream/promises";
import { createGzip } from "node:zlib";
import type pg from "pg";
import { inTransaction } from "../database/transaction.ts";
import { version } from "../version.ts";
import type { BackupEnd, BackupHeader } from "./backup-format.ts";
import { listBackupTables } from "./backup-tables.ts";

const rowsAtOnce = 200;

/**
 * Writes everything that the database holds, as it is at one moment, while others go on: a line of JSON for each
 * row, compressed. What was written is as secret as the database.
 * @returns how many rows of each table were written
 */
export async function writeBackup(pool: pg.Pool, target: Writable): Promise<BackupEnd["rows"]> {
  const gzip = createGzip();
  const done = finished(gzip.pipe(target));
  const digest = createHash("sha256");
  const write = async (line: string) => {
    digest.update(line);
    if (!gzip.write(line)) await once(gzip, "drain");
  };
  const rows = await inTransaction(pool, async (client) => {
    await client.query("set transaction isolation level repeatable read, read only");
    await write(`${JSON.stringify(await headerOf(client))}\n`);
    const counts: Record<string, number> = {};
    for (const { name, order } of await listBackupTables(client)) {
      counts[name] = await writeTable(client, name, order, write);
    }
    return counts;
  });
  const end: BackupEnd = { rows, sha256: digest.digest("hex") };
  gzip.end(`${JSON.stringify(end)}\n`);
  await done;
  return rows;
}

async function headerOf(client: pg.PoolClient): Promise<BackupHeader> {
  const { rows } = await client.query<{ schema: number; taken_at: Date }>(
    "select max(version) as schema, now() as taken_at from schema_migrations",
  );
  const { schema, taken_at } = rows[0]!;
  return { corbenic_backup: 1, version, schema, taken_at: taken_at.toISOString() };
}

async function writeTable(
  client: pg.PoolClient,
  name: string,
  order: string,
  write: (line: string) => Promise<void>,
): Promise<number> {
  await client.query(
    `declare backup_rows no scroll cursor for select row_to_json(t)::text as row from "${name}" t order by ${order}`,
  );
  let count = 0;
  for (;;) {
    const { rows } = await client.query<{ row: string }>(`fetch ${rowsAtOnce} from backup_rows`);
    for (const { row } of rows) await write(`["${name}",${row}]\n`);
    count += rows.length;
    if (rows.length < rowsAtOnce) break;
  }
  await client.query("close backup_rows");
  return count;
}
