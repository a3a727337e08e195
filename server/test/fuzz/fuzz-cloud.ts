import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type RunningServer, startServer } from "../../src/server.ts";

export interface FuzzCloud {
  readonly server: RunningServer;
  stop(): Promise<void>;
}

/** A cloud on an embedded database, listening on a free port. */
export async function startFuzzCloud(): Promise<FuzzCloud> {
  const dataDirectory = mkdtempSync(join(tmpdir(), "corbenic-fuzz-"));
  const server = await startServer({
    host: "127.0.0.1",
    port: 0,
    dataDirectory,
    consoleDirectory: null,
    logger: false,
    limits: { statusMs: 200, reaperMs: 200 },
  });
  return {
    server,
    async stop() {
      await server.stop();
      rmSync(dataDirectory, { recursive: true, force: true });
    },
  };
}
