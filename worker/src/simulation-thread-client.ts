import { Worker } from "node:worker_threads";
import type { Outcome, RunOptions } from "./runner.ts";
import type { FromThread, ToThread } from "./serve-jobs.ts";

/** A thread that computes one job at a time, so that whoever renews the lease is never kept waiting. */
export interface SimulationThread {
  run(payload: Record<string, unknown>, options: RunOptions): Promise<Outcome>;
  close(): Promise<void>;
}

export interface ThreadLimits {
  /** Bound of the thread's own heap. */
  readonly memoryBytesMax?: number;
  /** How long a job may take to stop by itself. */
  readonly stopGraceMs?: number;
  /** What the thread runs, and what it is told at its start. */
  readonly script?: URL;
  readonly workerData?: unknown;
}

/**
 * Starts the thread. A job that is stopped and does not stop by itself in time, or that breaks its thread, costs
 * the thread: the next job gets a new one.
 */
export function createSimulationThread({
  memoryBytesMax = defaultHeapBytesMax,
  stopGraceMs = 500,
  script = new URL("./simulation-thread.ts", import.meta.url),
  workerData,
}: ThreadLimits = {}): SimulationThread {
  const start = () => startThread(script, memoryBytesMax, workerData);
  let thread: Worker | undefined = start();

  async function run(payload: Record<string, unknown>, { signal, onProgress }: RunOptions): Promise<Outcome> {
    const current = thread ?? start();
    thread = current;
    const flag = new Int32Array(new SharedArrayBuffer(4));
    const { promise, resolve } = Promise.withResolvers<Outcome>();
    let grace: NodeJS.Timeout | undefined;

    const abandon = (outcome: Outcome) => {
      if (thread === current) thread = undefined;
      void current.terminate();
      resolve(outcome);
    };
    const onAbort = () => {
      Atomics.store(flag, 0, 1);
      grace = setTimeout(() => abandon({ kind: "stopped" }), stopGraceMs);
    };
    const onMessage = (message: FromThread) => {
      if (message.kind === "progress") onProgress(message.progress, message.phase);
      else resolve(message);
    };
    const onError = (error: unknown) => abandon(brokenBy(error));
    const onExit = (code: number) =>
      abandon(brokenBy(new Error(`the simulation thread exited with code ${code}`)));

    current.on("message", onMessage).on("error", onError).on("exit", onExit);
    signal.addEventListener("abort", onAbort, { once: true });
    if (signal.aborted) onAbort();
    current.postMessage({ payload, stop: flag.buffer } satisfies ToThread);
    try {
      return await promise;
    } finally {
      clearTimeout(grace);
      signal.removeEventListener("abort", onAbort);
      current.off("message", onMessage).off("error", onError).off("exit", onExit);
    }
  }

  return {
    run,
    async close() {
      await thread?.terminate();
      thread = undefined;
    },
  };
}

const defaultHeapBytesMax = 4 * 2 ** 30;

function startThread(script: URL, memoryBytesMax: number, workerData: unknown): Worker {
  return new Worker(script, {
    workerData,
    resourceLimits: { maxOldGenerationSizeMb: Math.max(64, Math.floor(memoryBytesMax / 2 ** 20)) },
  });
}

function brokenBy(error: unknown): Outcome {
  if (error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY") {
    const message = "The job needs more memory than one job may take on its worker.";
    return { kind: "failed", message, retryable: false };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { kind: "failed", message: `The simulation broke: ${message}.`, retryable: true };
}
