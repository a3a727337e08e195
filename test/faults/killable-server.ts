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
  /** The loopback address unless given. */
  readonly host?: string;
  readonly port: number;
  /** Makes a command one of another machine. */
  readonly on?: (program: string, args: readonly string[]) => readonly [string, string[]];
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
  const host = options.host ?? "127.0.0.1";
  const on = options.on ?? ((program, args) => [program, [...args]]);
  const url = `http://${host}:${options.port}`;
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
      const [program, args] = on(process.execPath, [main]);
      const started = spawn(program, args, {
        stdio: ["ignore", "pipe", "inherit"],
        env: {
          ...process.env,
          HOST: host,
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
