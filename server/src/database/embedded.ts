import { PGlite } from "@electric-sql/pglite";
import { createPgConfig } from "@electric-sql/pglite/node-postgres";
import pg from "pg";
import type { Database } from "./database.ts";
import { openEmbeddedSession } from "./embedded-session.ts";

/** So many clients may wait for the one session: what they ask meanwhile is brought to the disk together. */
const clientsMax = 32;

/** Opens PostgreSQL inside this process on a directory, made durable, or in memory for tests. */
export function openEmbedded(location: { directory: string } | "memory"): Promise<Database> {
  return location === "memory" ? openInMemory() : openOnDirectory(location.directory);
}

/** In a thread of its own, so that neither statements nor the disk keep whoever is served waiting. */
async function openOnDirectory(directory: string): Promise<Database> {
  const session = await openEmbeddedSession(directory);
  class EmbeddedClient extends pg.Client {
    constructor() {
      super({ user: "postgres", database: "postgres", stream: () => session.connect() as never });
    }
  }
  const pool = new pg.Pool({ Client: EmbeddedClient, max: clientsMax, idleTimeoutMillis: 0 });
  // A connection that breaks while idle is replaced at the next query, which reports its own errors.
  pool.on("error", () => undefined);
  return {
    kind: "embedded",
    pool,
    async close() {
      await pool.end();
      await session.close();
    },
  };
}

/** How a client keeps in mind what it has prepared. */
type EmbeddedConfig = pg.ClientConfig & { connection: { parsedStatements: Record<string, string> } };

/** There is one connection: statements run one after the other. */
async function openInMemory(): Promise<Database> {
  const pglite = await PGlite.create();
  // There is one session behind all clients: what one of them has prepared is there for the next.
  const preparedStatements: Record<string, string> = {};
  // The pool drops a client whose statement failed: the next one needs a connection of its own.
  class EmbeddedClient extends pg.Client {
    constructor() {
      const config = createPgConfig(pglite) as EmbeddedConfig;
      config.connection.parsedStatements = preparedStatements;
      super(config);
    }
  }
  const pool = new pg.Pool({ Client: EmbeddedClient, max: 1 });
  return {
    kind: "embedded",
    pool,
    async close() {
      await pool.end();
      await pglite.close();
    },
  };
}
