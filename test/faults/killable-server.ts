import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Limits } from "../../server/src/config.ts";

/** Short times, so that what must end by itself does while one watches. */
export const shortLimits: Partial<Limits> = {
  leaseMs: 2_000,
  reaperMs: 200,
  retryDelayMs: 50,
  cancelGraceMs: 1_500,
  queuePollMs: 500,
  jobDurationS: 20,
};

export interface KillableServerOptions {
  readonly port: number;
  readonly dataDirectory: string;
  readonly databaseUrl?: string;
  /** Short times unless given. */
  readonly limits?: Partial<Limits>;
}

/** One server process after another on the same address and data. */
export interface KillableServer {
  readonly url: string;
  readonly pid: number;
  /** Starts it, and makes it die at a failpoint when one is named. @returns milliseconds until it listened */
  start(failpoint?: string): Promise<number>;
  kill(signal?: NodeJS.Signals): Promise<void>;
  /** Resolves when it has ended, by whatever. */
  readonly ended: Promise<void>;
}

export function createKillableServer(options: KillableServerOptions): KillableServer {
  const main = new URL("./server-process.ts", import.meta.url).pathname;
  let child: ChildProcess | undefined;
  let ended: Promise<void> = Promise.resolve();
  const url = `http://127.0.0.1:${options.port}`;
  return {
    url,
    get pid() {
      return child!.pid!;
    },
    get ended() {
      return ended;
    },
    async start(failpoint) {
      const begun = performance.now();
      const started = spawn(process.execPath, [main], {
        stdio: ["ignore", "pipe", "inherit"],
        env: {
          ...process.env,
          PORT: String(options.port),
          DATA_DIRECTORY: options.dataDirectory,
          DATABASE_URL: options.databaseUrl,
          LIMITS: JSON.stringify(options.limits ?? shortLimits),
          CORBENIC_FAILPOINT: failpoint,
        },
      });
      child = started;
      ended = once(started, "exit").then(() => undefined);
      await Promise.race([
        once(createInterface({ input: started.stdout! }), "line"),
        ended.then(() => {
          throw new Error("the server ended before it listened");
        }),
      ]);
      return performance.now() - begun;
    },
    async kill(signal = "SIGKILL") {
      child?.kill(signal);
      await ended;
    },
  };
}
