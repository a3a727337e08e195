import { acquireDataDirectory } from "./data-directory.ts";
import type { Database } from "./database.ts";
import type { PostgresOptions } from "./postgres.ts";

export interface DatabaseLocation {
  /** Holds the embedded database. */
  readonly dataDirectory: string;
  /** A PostgreSQL server to use instead of it. */
  readonly databaseUrl?: string | undefined;
}

/**
 * Opens the database that a server would use, for work that is done without one. An embedded one is locked until
 * it is closed.
 * @throws {StartError} when it cannot be reached, or is in use
 */
export async function openDatabase({ dataDirectory, databaseUrl }: DatabaseLocation): Promise<Database> {
  if (databaseUrl !== undefined) return connect(databaseUrl);
  const directory = acquireDataDirectory(dataDirectory);
  try {
    const database = await embed(directory.postgresPath);
    return {
      ...database,
      async close() {
        await database.close();
        directory.release();
      },
    };
  } catch (error) {
    directory.release();
    throw error;
  }
}

// Both are loaded on demand: a server on PostgreSQL needs no database in its memory.

export async function embed(directory: string): Promise<Database> {
  return (await import("./embedded.ts")).openEmbedded({ directory });
}

export async function connect(url: string, options?: PostgresOptions): Promise<Database> {
  return (await import("./postgres.ts")).openPostgres(url, options);
}
