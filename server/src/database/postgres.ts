import pg from "pg";
import { StartError } from "../start-error.ts";
import type { Database } from "./database.ts";
import { listenForSilence } from "./silence.ts";

export interface PostgresOptions {
  readonly poolSize?: number;
  /** A statement that is not answered within so many milliseconds fails, and its connection is given up. */
  readonly statementMs?: number;
}

/**
 * What a server may be cut off for without a word: a machine that lost its power, or its network, closes nothing. So
 * the database ends by itself what such a machine had begun, whose locks others wait for.
 */
const sessionSettings = {
  // Statements here are short; compiling one takes longer than running it.
  jit: "off",
  idle_in_transaction_session_timeout: "5s",
  client_connection_check_interval: "5s",
  tcp_keepalives_idle: 10,
  tcp_keepalives_interval: 5,
  tcp_keepalives_count: 3,
  tcp_user_timeout: "30s",
};

/** Connects to a PostgreSQL server. @throws {StartError} when it cannot be reached */
export async function openPostgres(
  url: string,
  { poolSize = 20, statementMs }: PostgresOptions = {},
): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    query_timeout: statementMs,
    options: Object.entries(sessionSettings)
      .map(([name, value]) => `-c ${name}=${value}`)
      .join(" "),
  });
  listenForSilence(pool);
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
  const database = await openPostgres(url, { poolSize: 1 });
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
