import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface PercevalCounts {
  readonly jobs: number;
  readonly polls: number;
  readonly refused_submissions: number;
  readonly raised: number;
}

/** A Perceval client, as people use it, that submits and polls. */
export interface PercevalClient {
  /** @returns what it did; it stops after the job that it polls */
  stop(): Promise<PercevalCounts>;
}

/** Folders that make up an unmodified Perceval: those of PERCEVAL_PATH, as Python takes them. */
export function percevalPath(): string | undefined {
  const path = process.env.PERCEVAL_PATH;
  return path?.split(":").every((folder) => existsSync(folder)) ? path : undefined;
}

export function startPerceval(path: string, cloud: { url: string; token: string }): PercevalClient {
  const folder = mkdtempSync(join(tmpdir(), "corbenic-perceval-"));
  const stopFile = join(folder, "stop");
  const script = join(import.meta.dirname, "perceval-polls.py");
  const child = spawn(
    process.env.PYTHON ?? "python3",
    [script, cloud.url, cloud.token, "sim:test", stopFile],
    {
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, PYTHONPATH: path, MPLBACKEND: "Agg", PCVL_PERSISTENT_PATH: folder },
    },
  );
  let said = "";
  child.stdout.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  const ended = once(child, "close");
  return {
    async stop() {
      writeFileSync(stopFile, "");
      await ended;
      rmSync(folder, { recursive: true });
      const last = said.trim().split("\n").at(-1);
      if (last === undefined || !last.startsWith("{"))
        throw new Error(`Perceval did not get to its end: ${said}`);
      return JSON.parse(last) as PercevalCounts;
    },
  };
}
