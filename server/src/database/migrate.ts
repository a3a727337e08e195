import { readdirSync, readFileSync } from "node:fs";
import type pg from "pg";
import { StartError } from "../start-error.ts";
import { inTransaction } from "./transaction.ts";

interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}

const migrationsDirectory = new URL("../../migrations/", import.meta.url);

/** Any constant does: it names the one lock that processes migrating the same database wait for. */
const migrationLock = 7_263_452;

/** The migrations of this version, in order. Their files are never changed once published. */
export function listMigrations(): Migration[] {
  return readdirSync(migrationsDirectory)
    .filter((file) => file.endsWith(".sql"))
    .sort()
    .map((file) => ({
      version: Number.parseInt(file, 10),
      name: file.replace(/\.sql$/, ""),
      sql: readFileSync(new URL(file, migrationsDirectory), "utf8"),
    }));
}

/**
 * Brings the database to this version, all in one transaction: it is as it was, or current.
 * @throws {StartError} when a newer version has written the database
 */
export async function migrate(pool: pg.Pool): Promise<void> {
  await inTransaction(pool, (client) => applyMigrations(client));
}

/** Applies what is missing of the migrations, up to one of them or to the last. @throws {StartError} */
export async function applyMigrations(client: pg.PoolClient, upTo?: number): Promise<void> {
  const migrations = listMigrations();
  const known = migrations.at(-1)?.version ?? 0;
  await client.query("select pg_advisory_xact_lock($1)", [migrationLock]);
  await client.query(`create table if not exists schema_migrations (
    version integer primary key, name text not null, applied_at timestamptz not null default clock_timestamp())`);
  const { rows } = await client.query<{ version: number }>("select version from schema_migrations");
  const applied = new Set(rows.map((row) => row.version));
  refuseNewer(Math.max(0, upTo ?? 0, ...applied), known);
  for (const { version, name, sql } of migrations) {
    if (applied.has(version) || version > (upTo ?? known)) continue;
    await client.query(sql);
    await client.query("insert into schema_migrations (version, name) values ($1, $2)", [version, name]);
  }
}

function refuseNewer(newest: number, known: number): void {
  if (newest > known) {
    throw new StartError(
      `The data was written by a newer version of Corbenic (schema ${newest}, this version knows ${known}): start that version, or choose another data directory with --data-dir.`,
    );
  }
}
