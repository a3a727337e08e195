import { type ChildProcess, spawn } from "node:child_process";
import type { CabledMachine } from "./network-namespaces.ts";

export interface WorkerProcessOptions {
  readonly url: string;
  readonly key: string;
  /** Where it keeps finished results; nowhere unless given. */
  readonly spoolDirectory?: string;
  /** Where it dies: a point of an operation, such as `result.on_the_wire`, and behind a colon at which time there. */
  readonly failpoint?: string | undefined;
  /** On another machine than this one. */
  readonly on?: CabledMachine;
}

/** Starts worker-process.ts. */
export function startWorkerProcess({
  url,
  key,
  spoolDirectory,
  failpoint,
  on,
}: WorkerProcessOptions): ChildProcess {
  const main = [new URL("./worker-process.ts", import.meta.url).pathname];
  const [program, args] = on?.command(process.execPath, main) ?? [process.execPath, main];
  return spawn(program, args, {
    stdio: ["ignore", "inherit", "inherit"],
    env: {
      ...process.env,
      CORBENIC_URL: url,
      CORBENIC_WORKER_KEY: key,
      CORBENIC_FAILPOINT: failpoint,
      SPOOL_DIRECTORY: spoolDirectory,
    },
  });
}
