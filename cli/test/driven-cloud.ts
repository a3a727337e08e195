import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { type RunningServer, setUpLocalCloud, startServer } from "@corbenic/server";
import { startWorker } from "@corbenic/worker";
import { pino } from "pino";
import { vi } from "vitest";
import { explain } from "../src/explain.ts";
import { createProgram } from "../src/program.ts";

export interface Said {
  readonly code: number;
  /** Without colours. */
  readonly out: string;
  /** What it told of an error. */
  readonly error: string;
}

/** Runs a command in this process, as the program does. */
export async function corbenic(...args: string[]): Promise<Said> {
  let out = "";
  const take = (text: string | Uint8Array) => {
    out += String(text);
    return true;
  };
  const spies = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, "write").mockImplementation(take),
  );
  process.exitCode = undefined;
  try {
    await createProgram().parseAsync(args, { from: "user" });
    return { code: Number(process.exitCode ?? 0), out: stripVTControlCharacters(out), error: "" };
  } catch (thrown) {
    const { code, message } = explain(thrown);
    return { code, out: stripVTControlCharacters(out), error: message };
  } finally {
    for (const spy of spies) spy.mockRestore();
    process.exitCode = undefined;
  }
}

/** What a command says to programs. @throws when it did not do what it was asked for */
export async function asked<Answer>(...args: string[]): Promise<Answer> {
  const { code, out, error } = await corbenic(...args, "--json");
  if (code !== 0) throw new Error(`corbenic ${args.join(" ")} ended with ${code}: ${error}${out}`);
  return JSON.parse(out) as Answer;
}

export interface DrivenCloud {
  readonly url: string;
  readonly dataDirectory: string;
  /** For what a test writes. */
  readonly folder: string;
  readonly jobToken: string;
  /** The cloud's database, for what only chance would bring about. */
  readonly pool: RunningServer["database"]["pool"];
  readonly admin: { readonly email: string; readonly password: string };
  stopServer(): Promise<void>;
  remove(): Promise<void>;
}

/** A cloud with a worker in this process, and an environment in which commands find it. */
export async function startDrivenCloud(): Promise<DrivenCloud> {
  const folder = mkdtempSync(join(tmpdir(), "corbenic-cli-"));
  const dataDirectory = join(folder, "data");
  const server = await startServer({
    host: "127.0.0.1",
    port: 0,
    dataDirectory,
    consoleDirectory: null,
    logger: { level: "silent" },
    limits: { leaseMs: 10_000, reaperMs: 1_000, retryDelayMs: 500 },
  });
  const local = await setUpLocalCloud(server);
  const log = pino({ level: "silent" });
  const worker = startWorker({
    url: server.url,
    key: local.workerKey,
    log,
    spoolDirectory: join(folder, "spool"),
  });
  vi.stubEnv("CORBENIC_URL", server.url);
  vi.stubEnv("XDG_CONFIG_HOME", join(folder, "config"));
  let isStopped = false;
  const stopServer = async () => {
    if (isStopped) return;
    isStopped = true;
    await worker.stop();
    await server.stop();
  };
  return {
    url: server.url,
    dataDirectory,
    folder,
    jobToken: local.jobToken,
    pool: server.database.pool,
    admin: local.admin!,
    stopServer,
    async remove() {
      await stopServer();
      vi.unstubAllEnvs();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
