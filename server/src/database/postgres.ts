import pg from "pg";
import { StartError } from "../start-error.ts";
import type { Database } from "./database.ts";

/** Connects to a PostgreSQL server. @throws {StartError} when it cannot be reached */
export async function openPostgres(url: string, poolSize = 20): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    // Statements here are short; compiling one takes longer than running it.
    options: "-c jit=off",
  });
  // A connection that breaks while idle is replaced at the next query, which reports its own errors.
  pool.on("error", () => undefined);
  try {
    await pool.query("select 1");
  } catch (cause) {
    await pool.end();
    throw new StartError(
      `Cannot reach PostgreSQL at ${withoutPassword(url)} (${cause instanceof Error ? cause.message : cause}): check DATABASE_URL and that the server runs.`,
      { cause },
    );
  }
  return { kind: "postgres", pool, close: () => pool.end() };
}

/** What answers at this address, such as "PostgreSQL 15.18". @throws {StartError} when nothing does */
export async function checkDatabase(url: string): Promise<string> {
  const database = await openPostgres(url, 1);
  try {
    const { rows } = await database.pool.query<{ server_version: string }>("show server_version");
    return `PostgreSQL ${rows[0]!.server_version} at ${withoutPassword(url)}`;
  } finally {
    await database.close();
  }
}

function withoutPassword(url: string): string {
  if (!URL.canParse(url)) return "the address in DATABASE_URL";
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}
