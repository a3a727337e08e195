import { availableParallelism } from "node:os";
import { parentPort } from "node:worker_threads";
import { BadPayload, decodePayload, encodeResult } from "@corbenic/photonics/perceval";
import {
  allowHelpers,
  SimulationError,
  StoppedJobError,
  simulate,
  warmKernels,
} from "@corbenic/photonics/simulation";

/** A job to compute, and the shared flag that becomes 1 when it must stop. */
export interface ToThread {
  readonly payload: Record<string, unknown>;
  readonly stop: ArrayBufferLike;
}

/** How a job ended in the thread. */
export type Outcome =
  | { readonly kind: "completed"; readonly results: string }
  | { readonly kind: "failed"; readonly message: string; readonly retryable: boolean }
  /** With the result of the iterations that were finished, if any were. */
  | { readonly kind: "stopped"; readonly partial?: string };

export type FromThread =
  | Outcome
  | { readonly kind: "progress"; readonly progress: number; readonly phase: string };

/** More threads than this would wait for memory rather than compute. */
const threadsMax = 8;

const port = parentPort;
if (port !== null) {
  allowHelpers(Math.min(threadsMax, availableParallelism()) - 1);
  warmKernels();
}
port?.on("message", async ({ payload, stop }: ToThread) => {
  port.postMessage(await compute(payload, new Int32Array(stop)));
});

async function compute(payload: Record<string, unknown>, stop: Int32Array): Promise<Outcome> {
  const signal = {
    get aborted() {
      return Atomics.load(stop, 0) === 1;
    },
  };
  const onProgress = (progress: number, phase: string) => {
    port?.postMessage({ kind: "progress", progress, phase } satisfies FromThread);
  };
  let job: ReturnType<typeof decodePayload> | undefined;
  try {
    job = decodePayload(payload);
    const result = await simulate(job, { signal, onProgress });
    return { kind: "completed", results: encodeResult(result, job) };
  } catch (error) {
    if (job !== undefined && error instanceof StoppedJobError && error.partial.runs.length > 0)
      return { kind: "stopped", partial: encodeResult(error.partial, job) };
    if (signal.aborted) return { kind: "stopped" };
    const expected = error instanceof BadPayload || error instanceof SimulationError;
    const message = error instanceof Error ? error.message : String(error);
    return {
      kind: "failed",
      message: expected ? message : `The simulation broke: ${message}`,
      retryable: !expected,
    };
  }
}
