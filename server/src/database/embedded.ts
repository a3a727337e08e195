import { fdatasyncSync } from "node:fs";
import { PGlite } from "@electric-sql/pglite";
import { createPgConfig } from "@electric-sql/pglite/node-postgres";
import { NodeFS } from "@electric-sql/pglite/nodefs";
import pg from "pg";
import type { Database } from "./database.ts";

/** What PGlite's WASM module shows of its Node file system before it starts. */
interface ModuleWithNodeFs {
  readonly NODEFS: { readonly stream_ops: { fsync?: (stream: { readonly nfd: number }) => number } };
}

/**
 * PGlite's file system on a directory, with the fsync that it lacks: without it a commit is acknowledged
 * before its bytes are on the disk.
 */
class DurableNodeFs extends NodeFS {
  override async init(...[pglite, options]: Parameters<NodeFS["init"]>): ReturnType<NodeFS["init"]> {
    const result = await super.init(pglite, options);
    const syncFiles = (module: unknown) => {
      (module as ModuleWithNodeFs).NODEFS.stream_ops.fsync = (stream) => {
        fdatasyncSync(stream.nfd);
        return 0;
      };
    };
    const preRun = [
      ...((result.emscriptenOpts.preRun as ((module: unknown) => void)[] | undefined) ?? []),
      syncFiles,
    ];
    return { emscriptenOpts: { ...result.emscriptenOpts, preRun } as typeof result.emscriptenOpts };
  }
}

/** How a client keeps in mind what it has prepared. */
type EmbeddedConfig = pg.ClientConfig & { connection: { parsedStatements: Record<string, string> } };

/** `-F` would turn fsync off; the default method opens the log in a mode that the file system does not have. */
const durableStartParams = [
  ...PGlite.defaultStartParams.filter((param) => param !== "-F"),
  "-c",
  "wal_sync_method=fsync",
  "-c",
  "shared_buffers=16MB",
];

/**
 * Opens PostgreSQL inside this process on a directory, made durable, or in memory for tests.
 * There is one connection: statements run one after the other.
 */
export async function openEmbedded(location: { directory: string } | "memory"): Promise<Database> {
  const pglite =
    location === "memory"
      ? await PGlite.create()
      : await PGlite.create({ fs: new DurableNodeFs(location.directory), startParams: durableStartParams });
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
