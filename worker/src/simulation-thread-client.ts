import { Worker } from "node:worker_threads";
import type { FromThread, Outcome, ToThread } from "./simulation-thread.ts";

export interface RunOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: number, phase: string) => void;
}

/** A thread that computes one job at a time, so that whoever renews the lease is never kept waiting. */
export interface SimulationThread {
  run(payload: Record<string, unknown>, options: RunOptions): Promise<Outcome>;
  close(): Promise<void>;
}

/**
 * Starts the thread. A job that is stopped and does not stop by itself in time, or that breaks its thread, costs
 * the thread: the next job gets a new one.
 */
export function createSimulationThread(stopGraceMs = 500): SimulationThread {
  let thread: Worker | undefined = startThread();

  async function run(payload: Record<string, unknown>, { signal, onProgress }: RunOptions): Promise<Outcome> {
    const current = thread ?? startThread();
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

function startThread(): Worker {
  return new Worker(new URL("./simulation-thread.ts", import.meta.url));
}

function brokenBy(error: unknown): Outcome {
  const message = error instanceof Error ? error.message : String(error);
  return { kind: "failed", message: `The simulation broke: ${message}.`, retryable: true };
}
