import { availableParallelism } from "node:os";
import { parentPort } from "node:worker_threads";
import type { PhotonicJob, SimulationResult } from "@corbenic/photonics/model";
import {
  BadPayload,
  decodePayload,
  encodeAround,
  encodeResult,
  encodeStep,
} from "@corbenic/photonics/perceval";
import {
  allowHelpers,
  measureSpeed,
  SimulationError,
  simulate,
  warmKernels,
  writeTables,
} from "@corbenic/photonics/simulation";
import type { JobErrorCode, ProblemCode } from "@corbenic/protocol";
import { isOutOfMemory, needsTooMuchMemory } from "./out-of-memory.ts";
import type { FromThread, JobForThread, ToThread } from "./simulation-messages.ts";

/** What becomes of a job before it is computed, by the setting that came with it. */
export type Prepare = (job: PhotonicJob, setting: unknown) => PhotonicJob;

/** More threads than this would wait for memory rather than compute. */
const threadsMax = 8;

/** Makes this thread compute the jobs that it is sent, one at a time. */
export function serveJobs(prepare: Prepare): void {
  const port = parentPort;
  if (port !== null) {
    allowHelpers(Math.min(threadsMax, availableParallelism()) - 1);
    warmKernels();
  }
  port?.on("message", async (asked: ToThread) => {
    if (asked.kind === "measure") {
      port.postMessage({ kind: "speed", speed: measureSpeed(now) } satisfies FromThread);
      return;
    }
    port.postMessage(await compute(asked, prepare, (told) => port.postMessage(told)));
  });
}

/** Seconds. The clock of processor time goes in steps that are too coarse for single kernels. */
function now(): number {
  return performance.now() / 1000;
}

async function compute(
  { payload, setting, stop }: JobForThread,
  prepare: Prepare,
  tell: (told: FromThread) => void,
): Promise<FromThread> {
  const flag = new Int32Array(stop);
  const signal = {
    get aborted() {
      return Atomics.load(flag, 0) === 1;
    },
  };
  const onProgress = (progress: number, phase: string) => tell({ kind: "progress", progress, phase });
  try {
    const job = decodePayload(payload);
    const onFinished = (soFar: SimulationResult) => {
      const last = soFar.runs.length - 1;
      const step = encodeStep(soFar.runs[last]!, job.iterations[last]!, writeTables);
      tell({ kind: "step", step, around: last === 0 ? encodeAround(soFar, job) : undefined });
    };
    const result = await simulate(prepare(job, setting), { signal, onProgress, onFinished });
    return {
      kind: "completed",
      results: result.iterated ? undefined : encodeResult(result, job, writeTables),
    };
  } catch (error) {
    return signal.aborted ? { kind: "stopped" } : failureFrom(error);
  }
}

function failureFrom(error: unknown): FromThread {
  if (isOutOfMemory(error)) return needsTooMuchMemory;
  const message = error instanceof Error ? error.message : String(error);
  const refused = { kind: "failed", message, retryable: false } as const;
  if (error instanceof BadPayload) return { ...refused, code: "invalid_payload" satisfies ProblemCode };
  if (error instanceof SimulationError) return { ...refused, code: error.code satisfies JobErrorCode };
  const broke = `The simulation broke: ${message}`;
  return { kind: "failed", message: broke, code: "simulation_broke" satisfies JobErrorCode, retryable: true };
}
