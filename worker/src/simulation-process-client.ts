import type { EngineSpeed } from "@corbenic/photonics/cost";
import type { JobErrorCode } from "@corbenic/protocol";
import { createFinishedSteps } from "./finished-steps.ts";
import type { Log } from "./log.ts";
import { needsTooMuchMemory } from "./out-of-memory.ts";
import type { Outcome, RunOptions } from "./runner.ts";
import type { FromProcess } from "./simulation-messages.ts";
import { startProcess } from "./start-process.ts";

/**
 * A process that computes one job at a time. Whatever a job does to it, an allocation that aborts it included, ends
 * that job alone: the worker, and a cloud in the worker's process, go on.
 */
export interface SimulationProcess {
  /** @param setting what the thread's script prepares the job with */
  run(payload: Record<string, unknown>, options: RunOptions, setting?: unknown): Promise<Outcome>;
  /** How fast it computes, in some tens of milliseconds between jobs; undefined when it breaks meanwhile. */
  measure(): Promise<EngineSpeed | undefined>;
  close(): Promise<void>;
}

export interface ProcessOptions {
  /** Bound of the computing thread's own heap. */
  readonly memoryBytesMax?: number;
  /** How long a job may take to stop by itself. */
  readonly stopGraceMs?: number;
  /** What the thread runs. */
  readonly script?: URL;
  readonly log?: Log | undefined;
}

const defaultHeapBytesMax = 4 * 2 ** 30;

/**
 * Starts the process ahead of its first job. A job that breaks it, or that is to stop and does not in time, costs the
 * process: another one is started at once.
 */
export function createSimulationProcess({
  memoryBytesMax = defaultHeapBytesMax,
  stopGraceMs = 500,
  script = new URL("./simulation-thread.ts", import.meta.url),
  log,
}: ProcessOptions = {}): SimulationProcess {
  const start = () => startProcess(script, memoryBytesMax, log);
  let current = start();
  let closed = false;

  async function run(
    payload: Record<string, unknown>,
    { signal, onProgress }: RunOptions,
    setting?: unknown,
  ): Promise<Outcome> {
    if (signal.aborted) return { kind: "stopped" };
    if (current.end() !== undefined) current = start();
    const mine = current;
    const steps = createFinishedSteps();
    const { promise, resolve } = Promise.withResolvers<Outcome>();
    let grace: NodeJS.Timeout | undefined;

    const abandon = (outcome: Outcome) => {
      resolve(outcome);
      mine.child.kill("SIGKILL");
      if (current === mine && !closed) current = start();
    };
    const onAbort = () => {
      mine.tell({ kind: "stop" });
      grace = setTimeout(() => abandon({ kind: "stopped" }), stopGraceMs);
    };
    const onMessage = (told: FromProcess) => {
      if (told.kind === "progress") onProgress(told.progress, told.phase);
      else if (told.kind === "step") steps.add(told);
      else if (told.kind === "completed") resolve(completedWith(told.results ?? steps.result()));
      else if (told.kind === "broken")
        abandon(told.outOfMemory ? needsTooMuchMemory : brokenBecause(told.message));
      else if (told.kind !== "speed") resolve(told);
    };

    mine.child.on("message", onMessage);
    const forget = mine.onEnd((how) =>
      abandon(how.ofMemory ? needsTooMuchMemory : brokenBecause(how.message)),
    );
    mine.tell({ kind: "run", payload, setting });
    signal.addEventListener("abort", onAbort, { once: true });
    try {
      const outcome = await promise;
      const partial = steps.result();
      return outcome.kind === "completed" || partial === undefined ? outcome : { ...outcome, partial };
    } finally {
      clearTimeout(grace);
      signal.removeEventListener("abort", onAbort);
      mine.child.off("message", onMessage);
      forget();
    }
  }

  async function measure(): Promise<EngineSpeed | undefined> {
    const { child, tell, end, onEnd } = current;
    if (end() !== undefined) return undefined;
    const { promise, resolve } = Promise.withResolvers<EngineSpeed | undefined>();
    const onMessage = (told: FromProcess) => {
      if (told.kind === "speed") resolve(told.speed);
    };
    child.on("message", onMessage);
    const forget = onEnd(() => resolve(undefined));
    tell({ kind: "measure" });
    try {
      return await promise;
    } finally {
      child.off("message", onMessage);
      forget();
    }
  }

  return {
    run,
    measure,
    async close() {
      closed = true;
      const { child, end, onEnd } = current;
      if (end() !== undefined) return;
      child.kill("SIGKILL");
      await new Promise((resolve) => onEnd(resolve));
    },
  };
}

function completedWith(results: string | undefined): Outcome {
  return results === undefined ? brokenBecause("it ended without a result") : { kind: "completed", results };
}

function brokenBecause(message: string): Outcome {
  const code = "simulation_broke" satisfies JobErrorCode;
  return { kind: "failed", message: `The simulation broke: ${message}.`, code, retryable: true };
}
