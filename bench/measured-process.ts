import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, loadavg, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Load, Measured } from "./load.ts";
import type { MeasuredServer } from "./measured-server.ts";

export interface RunningMeasuredServer extends MeasuredServer {
  stop(): Promise<void>;
}

/** @param kind "bare", "embedded", or the address of a database */
export async function startMeasured(kind: string): Promise<RunningMeasuredServer> {
  const dataDirectory = mkdtempSync(join(tmpdir(), "corbenic-bench-"));
  const child = run("measured-server.ts", kind, dataDirectory);
  const started = await firstLine<MeasuredServer>(child);
  return {
    ...started,
    async stop() {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
      rmSync(dataDirectory, { recursive: true, force: true });
    },
  };
}

export async function measure(load: Load): Promise<Measured> {
  return firstLine<Measured>(run("load.ts", JSON.stringify(load)));
}

/** What the figures were measured on. */
export function machineFacts(): string {
  const [cpu] = cpus();
  const gib = (totalmem() / 2 ** 30).toFixed(0);
  const load = loadavg()[0]!.toFixed(1);
  return `${cpus().length} × ${cpu?.model ?? "unknown"}, ${gib} GiB, Node ${process.version}, load average ${load} before`;
}

function run(script: string, ...args: string[]): ChildProcess {
  return spawn(process.execPath, [join(import.meta.dirname, script), ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
}

async function firstLine<T>(child: ChildProcess): Promise<T> {
  const failed = once(child, "exit").then(([code]) => {
    throw new Error(`${child.spawnargs[1]} ended with ${code} before it said anything`);
  });
  const [line] = (await Promise.race([once(createInterface({ input: child.stdout! }), "line"), failed])) as [
    string,
  ];
  failed.catch(() => undefined);
  return JSON.parse(line) as T;
}
