import type { PhotonicJob } from "../model/index.ts";
import { DEFAULT_SPEED, type EngineSpeed } from "./engine-speed.ts";
import { magnitude, sum, ZERO } from "./magnitude.ts";
import { estimateRun, type RunEstimate } from "./run-estimate.ts";
import { textCopies } from "./run-memory.ts";
import { type RunShape, shapesOf } from "./run-shape.ts";

/** What a job is expected to take, all its iterations together; every field is a decimal logarithm. */
export interface JobEstimate extends RunEstimate {
  readonly runs: number;
}

/**
 * Estimates a job before it runs. Never simulates; linear in iterations, and runs of one shape are estimated once.
 */
export function estimateJob(job: PhotonicJob, speed: EngineSpeed = DEFAULT_SPEED): JobEstimate {
  const known = new Map<RunShape, RunEstimate>();
  let total: RunEstimate = {
    states: ZERO,
    statesHeld: ZERO,
    resultBytes: ZERO,
    memoryBytes: ZERO,
    seconds: ZERO,
  };
  const shapes = shapesOf(job);
  for (const shape of shapes) {
    const run = known.get(shape) ?? estimateRun(shape, speed);
    known.set(shape, run);
    total = {
      states: Math.max(total.states, run.states),
      statesHeld: Math.max(total.statesHeld, run.statesHeld),
      resultBytes: sum(total.resultBytes, run.resultBytes),
      memoryBytes: Math.max(total.memoryBytes, run.memoryBytes),
      seconds: sum(total.seconds, run.seconds),
    };
  }
  // A run's own text is in its estimate; those of other runs are with it in the end.
  const texts = shapes.length > 1 ? magnitude(textCopies) + total.resultBytes : ZERO;
  return { runs: shapes.length, ...total, memoryBytes: sum(total.memoryBytes, texts) };
}
