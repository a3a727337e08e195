import { availableParallelism } from "node:os";
import { parentPort } from "node:worker_threads";
import type { PhotonicJob, SimulationResult } from "@corbenic/photonics/model";
import { BadPayload, decodePayload, encodeResult } from "@corbenic/photonics/perceval";
import { allowHelpers, SimulationError, simulate, warmKernels } from "@corbenic/photonics/simulation";
import type { Outcome } from "./runner.ts";

/** A job to compute, and the shared flag that becomes 1 when it must stop. */
export interface ToThread {
  readonly payload: Record<string, unknown>;
  readonly stop: ArrayBufferLike;
}

export type FromThread =
  | Outcome
  | { readonly kind: "progress"; readonly progress: number; readonly phase: string };

/** What becomes of a job before it is computed. */
export type Prepare = (job: PhotonicJob) => PhotonicJob;

/** More threads than this would wait for memory rather than compute. */
const threadsMax = 8;

/** Makes this thread compute the jobs that it is sent, one at a time. */
export function serveJobs(prepare: Prepare): void {
  const port = parentPort;
  if (port !== null) {
    allowHelpers(Math.min(threadsMax, availableParallelism()) - 1);
    warmKernels();
  }
  port?.on("message", async ({ payload, stop }: ToThread) => {
    const onProgress = (progress: number, phase: string) => {
      port.postMessage({ kind: "progress", progress, phase } satisfies FromThread);
    };
    port.postMessage(await compute(payload, prepare, new Int32Array(stop), onProgress));
  });
}

async function compute(
  payload: Record<string, unknown>,
  prepare: Prepare,
  stop: Int32Array,
  onProgress: (progress: number, phase: string) => void,
): Promise<Outcome> {
  const signal = {
    get aborted() {
      return Atomics.load(stop, 0) === 1;
    },
  };
  let job: PhotonicJob | undefined;
  let finished: SimulationResult | undefined;
  const onFinished = (soFar: SimulationResult) => {
    finished = soFar;
  };
  try {
    job = decodePayload(payload);
    const result = await simulate(prepare(job), { signal, onProgress, onFinished });
    return { kind: "completed", results: encodeResult(result, job) };
  } catch (error) {
    const found = job === undefined || finished === undefined ? {} : { partial: encodeResult(finished, job) };
    if (signal.aborted) return { kind: "stopped", ...found };
    const expected = error instanceof BadPayload || error instanceof SimulationError;
    const message = error instanceof Error ? error.message : String(error);
    return {
      kind: "failed",
      message: expected ? message : `The simulation broke: ${message}`,
      retryable: !expected,
      ...found,
    };
  }
}
