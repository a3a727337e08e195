import type { Problem } from "@corbenic/protocol";
import { announcePerfs } from "./announce-perfs.ts";
import { type LeaseLoop, runLeaseLoop } from "./lease-loop.ts";
import type { Log } from "./log.ts";
import { type Machine, thisMachine } from "./machine.ts";
import { createMemoryBudget } from "./memory-budget.ts";
import type { Runner } from "./runner.ts";
import { createSimulator, defaultMemoryBytesMax } from "./simulator.ts";
import { noSpool, openSpool } from "./spool.ts";
import { runSpoolLoop } from "./spool-loop.ts";

export interface WorkerOptions {
  /** The cloud's URL. */
  readonly url: string;
  /** The worker key: it decides whose platforms' jobs are taken. */
  readonly key: string;
  readonly log: Log;
  /** Only jobs of this one of the key's platforms. */
  readonly platform?: string | undefined;
  /** Jobs to simulate at the same time. */
  readonly slots?: number | undefined;
  /** Memory that jobs running at the same time may take together. */
  readonly memoryBytesMax?: number | undefined;
  /** Where finished results wait while the cloud is away; without it they are computed again. */
  readonly spoolDirectory?: string | undefined;
  /** What runs the jobs; the simulator unless given. */
  readonly runner?: Runner | undefined;
  readonly machine?: Machine | undefined;
}

export interface RunningWorker {
  /** Resolves when the worker has ended: with the refusal when the cloud did not want it. */
  readonly ended: Promise<Problem | undefined>;
  /** Takes no more jobs, gives those that run so long to finish, hands the others back, and ends. */
  stop(graceMs?: number): Promise<void>;
}

/** How long a worker that must go tries to hand its jobs back. */
const farewellMs = 5_000;

/** Starts a worker: it takes jobs of its platforms, runs them, and reports. */
export function startWorker(options: WorkerOptions): RunningWorker {
  const { url, key, log, machine = thisMachine, spoolDirectory } = options;
  const stopping = new AbortController();
  const leaving = new AbortController();
  const gone = new AbortController();
  const memoryBytesMax = options.memoryBytesMax ?? defaultMemoryBytesMax();
  const runner = options.runner ?? createSimulator({ slots: options.slots, memoryBytesMax, log });
  const loop: LeaseLoop = {
    cloud: { baseUrl: url, token: key, fetch: machine.fetch },
    machine,
    runner,
    memory: createMemoryBudget(memoryBytesMax),
    spool: spoolDirectory === undefined ? noSpool : openSpool(spoolDirectory, log),
    log,
    platform: options.platform,
    stopping: stopping.signal,
    leaving: leaving.signal,
    gone: gone.signal,
  };
  const spooled = runSpoolLoop(loop);
  const announced = announcePerfs(loop);
  const ended = runLeaseLoop(loop).finally(async () => {
    stopping.abort();
    await spooled;
    await runner.close();
    await announced;
  });
  const waitAtMost = async (ms: number) => {
    const done = new AbortController();
    await Promise.race([ended, machine.sleep(ms, done.signal)]);
    done.abort();
  };
  return {
    ended,
    async stop(graceMs = 0) {
      stopping.abort();
      if (graceMs > 0) await waitAtMost(graceMs);
      leaving.abort();
      await waitAtMost(farewellMs);
      gone.abort();
      await ended;
    },
  };
}
