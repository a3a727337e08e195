import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { CallTarget } from "@corbenic/protocol";
import { type RunningServer, setUpLocalCloud, startServer } from "@corbenic/server";
import type { Page } from "playwright-core";
import { complaintsOf, launchBrowser, signIn } from "./browser.ts";

/** The console of a cloud in this process, whose database a test fills, with its administrator signed in. */
export interface SeededConsole {
  readonly page: Page;
  readonly complaints: readonly string[];
  readonly pool: RunningServer["database"]["pool"];
  /** Calls with the administrator's job token. */
  readonly own: CallTarget;
  close(): Promise<void>;
}

export async function openSeededConsole(): Promise<SeededConsole> {
  const parent = mkdtempSync(join(tmpdir(), "corbenic-console-"));
  const server = await startServer({
    host: "127.0.0.1",
    port: 0,
    dataDirectory: join(parent, "data"),
    consoleDirectory: resolve(import.meta.dirname, "../../console/dist"),
    logger: false,
  });
  const { admin, jobToken } = await setUpLocalCloud(server);
  const browser = await launchBrowser();
  const context = await browser.newContext({ baseURL: server.url, viewport: { width: 1280, height: 900 } });
  const complaints = complaintsOf(context);
  const page = await context.newPage();
  await signIn(page, admin!);
  return {
    page,
    complaints,
    pool: server.database.pool,
    own: { baseUrl: server.url, token: jobToken },
    async close() {
      await browser.close();
      await server.stop();
      rmSync(parent, { recursive: true, force: true });
    },
  };
}
