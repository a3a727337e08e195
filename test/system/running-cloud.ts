import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";

const root = resolve(import.meta.dirname, "../..");

/** The line that a started cloud prints for programs. */
export interface Ready {
  readonly url: string;
  readonly console_url: string;
  readonly data_dir: string;
  readonly version: string;
  readonly admin: { readonly email: string; readonly password: string } | null;
  readonly job_token: string;
  readonly worker_key: string;
  readonly platforms: readonly string[];
}

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningCloud {
  readonly ready: Ready;
  readonly ended: Promise<Ended>;
  kill(signal: NodeJS.Signals): void;
}

/** Runs what `npm start` runs. */
export function start(args: readonly string[]): {
  child: ChildProcess;
  ended: Promise<Ended>;
  ready: Promise<Ready>;
} {
  const child = spawn(process.execPath, [join(root, "scripts", "start.mjs"), ...args], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, DATABASE_URL: undefined, NODE_OPTIONS: undefined },
  });
  let stdout = "";
  let stderr = "";
  const ready = new Promise<Ready>((resolveReady, reject) => {
    createInterface({ input: child.stdout! }).on("line", (line) => {
      stdout += `${line}\n`;
      if (line.startsWith("{")) resolveReady(JSON.parse(line) as Ready);
    });
    child.once("close", (code) =>
      reject(new Error(`the cloud ended with ${code} before it was ready: ${stderr}`)),
    );
  });
  ready.catch(() => undefined);
  child.stderr!.setEncoding("utf8").on("data", (chunk: string) => {
    stderr += chunk;
  });
  const ended = once(child, "close").then(([code, signal]) => ({ code, signal, stdout, stderr }) as Ended);
  return { child, ended, ready };
}

/** Runs the cloud until it ends by itself. */
export function runToEnd(...args: string[]): Promise<Ended> {
  return start(args).ended;
}

/** Starts the cloud on a free port and waits until it serves. */
export async function startCloud(dataDirectory: string, ...args: string[]): Promise<RunningCloud> {
  const { child, ended, ready } = start(["--json", "--port", "0", "--data-dir", dataDirectory, ...args]);
  return { ready: await ready, ended, kill: (signal) => void child.kill(signal) };
}
