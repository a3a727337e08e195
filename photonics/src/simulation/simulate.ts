import type { Experiment, Iteration, PhotonicJob, RunResult, SimulationResult } from "../model/index.ts";
import { createRandom, drawSeed } from "./random.ts";
import { runOnce } from "./run.ts";
import type { Run } from "./setup.ts";
import { checkStopped, partOf, StoppedError, type Watch } from "./watch.ts";

export interface SimulateOptions extends Watch {
  /** Used where the job gives none; drawn where neither does. */
  readonly seed?: number;
  /** Told after each iteration of an iterator, with all that are finished: they stay so, however the rest ends. */
  readonly onFinished?: (soFar: SimulationResult) => void;
}

/**
 * Computes a job. The same job and seed give the same result. When it is stopped, the iterations that were finished
 * are in the error's `partial`.
 * @throws {SimulationError} for what cannot be computed
 * @throws {StoppedJobError} when it was stopped through the signal
 */
export async function simulate(job: PhotonicJob, options: SimulateOptions = {}): Promise<SimulationResult> {
  const seed = job.seed ?? options.seed ?? drawSeed();
  const steps: readonly (Iteration | undefined)[] =
    job.iterations.length === 0 ? [undefined] : job.iterations;
  const runs: RunResult[] = [];
  const result = { runs, iterated: job.iterations.length > 0, seed };
  const whole: Watch = { ...options, onProgress: monotone(options.onProgress) };
  for (const [index, iteration] of steps.entries()) {
    const watch = partOf(whole, index / steps.length, (index + 1) / steps.length);
    try {
      checkStopped(watch);
      // Each iteration draws from a seed of its own, so that it does not depend on those before it.
      runs.push(runOnce(runOf(job, iteration), createRandom(seed + index), watch));
    } catch (error) {
      if (error instanceof StoppedError) throw new StoppedJobError(result);
      throw error;
    }
    if (result.iterated) options.onFinished?.(result);
    watch.onProgress?.(1, "simulation");
    await yieldToOthers();
  }
  return result;
}

/** A job was stopped; what it had finished is kept. */
export class StoppedJobError extends Error {
  override readonly name = "StoppedJobError";
  readonly partial: SimulationResult;

  constructor(partial: SimulationResult) {
    super(`The computation was stopped on request after ${partial.runs.length} runs.`);
    this.partial = partial;
  }
}

function runOf(job: PhotonicJob, iteration: Iteration | undefined): Run {
  const { input, noise, minDetectedPhotons } = iteration ?? {};
  const experiment: Experiment = {
    ...job.experiment,
    ...(input === undefined ? {} : { input }),
    ...(noise === undefined ? {} : { noise }),
    ...(minDetectedPhotons === undefined ? {} : { minDetectedPhotons }),
  };
  return {
    job,
    experiment,
    assignment: iteration?.circuitParameters ?? new Map(),
    maxShots: iteration?.maxShots ?? job.maxShots,
    maxSamples: iteration?.maxSamples ?? job.maxSamples,
  };
}

/** Steps smaller than this are not worth a message. */
const smallestStep = 0.001;

function monotone(onProgress: Watch["onProgress"]): (fraction: number, phase: string) => void {
  let furthest = 0;
  let told: { readonly fraction: number; readonly phase: string } | undefined;
  return (fraction, phase) => {
    furthest = Math.max(furthest, Math.min(1, fraction));
    if (told?.phase === phase && furthest < 1 && furthest - told.fraction < smallestStep) return;
    told = { fraction: furthest, phase };
    onProgress?.(furthest, phase);
  };
}

/** Lets messages of the thread be handled between iterations. */
function yieldToOthers(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
