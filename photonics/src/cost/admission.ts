import type { PhotonicJob } from "../model/index.ts";
import { DEFAULT_SPEED, type EngineSpeed } from "./engine-speed.ts";
import { estimateJob, type JobEstimate } from "./job-estimate.ts";
import { formatBytes, formatMagnitude, type Magnitude, magnitude } from "./magnitude.ts";
import { nearestFeasible } from "./nearest-feasible.ts";

/** What a platform lets one job take. */
export interface CostLimits {
  readonly resultBytesMax: number;
  readonly memoryBytesMax: number;
  readonly secondsMax: number;
}

export const DEFAULT_COST_LIMITS: CostLimits = {
  resultBytesMax: 32 * 2 ** 20,
  memoryBytesMax: 2 * 2 ** 30,
  secondsMax: 3_600,
};

export type Admission = { readonly admitted: true; readonly estimate: JobEstimate } | Refusal;

/** A job that would take too much: what it is expected to take, what may be taken, and what would fit. */
export interface Refusal {
  readonly admitted: false;
  readonly code: "result_too_large" | "memory_too_large" | "too_many_states" | "time_too_long";
  readonly estimate: JobEstimate;
  /** The estimate that is above its limit, and that limit, for people. */
  readonly estimated: string;
  readonly limit: string;
  /** The smallest change that was found to fit; absent when none was. */
  readonly nearest?: string;
  /** The three in one sentence. */
  readonly message: string;
}

/** Whether a job may run, by its estimate alone. */
export function admit(
  job: PhotonicJob,
  limits: CostLimits = DEFAULT_COST_LIMITS,
  speed: EngineSpeed = DEFAULT_SPEED,
): Admission {
  const estimate = estimateJob(job, speed);
  const broken = brokenLimit(estimate, limits, speed);
  if (broken === undefined) return { admitted: true, estimate };
  const nearest = nearestFeasible(
    job,
    (changed) => brokenLimit(estimateJob(changed, speed), limits, speed) === undefined,
  );
  const way = nearest ?? "no smaller version of this job was found to fit: use fewer photons or modes";
  return {
    admitted: false,
    code: broken.code,
    estimate,
    estimated: broken.estimated,
    limit: broken.limit,
    ...(nearest === undefined ? {} : { nearest }),
    message:
      `The job is refused because ${broken.what} is estimated at ${broken.estimated} ` +
      `(${formatMagnitude(estimate.states)} output states) and the limit is ${broken.limit}. What would fit: ${way}.`,
  };
}

function brokenLimit(estimate: JobEstimate, limits: CostLimits, { statesMax }: EngineSpeed) {
  const exceeds = (estimated: Magnitude, most: number) => estimated > magnitude(most);
  if (exceeds(estimate.resultBytes, limits.resultBytesMax)) {
    return {
      code: "result_too_large",
      what: "its result",
      estimated: formatBytes(estimate.resultBytes),
      limit: formatBytes(magnitude(limits.resultBytesMax)),
    } as const;
  }
  if (exceeds(estimate.memoryBytes, limits.memoryBytesMax)) {
    return {
      code: "memory_too_large",
      what: "its memory",
      estimated: formatBytes(estimate.memoryBytes),
      limit: formatBytes(magnitude(limits.memoryBytesMax)),
    } as const;
  }
  if (exceeds(estimate.statesHeld, statesMax)) {
    return {
      code: "too_many_states",
      what: "the number of states to compute",
      estimated: formatMagnitude(estimate.statesHeld),
      limit: formatMagnitude(magnitude(statesMax)),
    } as const;
  }
  if (exceeds(estimate.seconds, limits.secondsMax)) {
    return {
      code: "time_too_long",
      what: "its time",
      estimated: `${formatMagnitude(estimate.seconds)} s`,
      limit: `${formatMagnitude(magnitude(limits.secondsMax))} s`,
    } as const;
  }
  return undefined;
}
