export { type Admission, admit, type CostLimits, DEFAULT_COST_LIMITS, type Refusal } from "./admission.ts";
export { perfsOfSpeed, speedFromPerfs } from "./announced-speed.ts";
export { DEFAULT_SPEED, type EngineSpeed } from "./engine-speed.ts";
export { estimateJob, type JobEstimate } from "./job-estimate.ts";
export { type Keeping, type KeptBounds, keptBounds, thresholdsOf } from "./kept-bounds.ts";
export { formatBytes, formatMagnitude, type Magnitude, quantity } from "./magnitude.ts";
export type { RunEstimate } from "./run-estimate.ts";
export {
  drawsAreFaster,
  EVENT_SPEED,
  type EventSpeed,
  fasterPath,
  PATH_SPEEDS,
  type PathSpeed,
  type Sampling,
  type StrongPath,
} from "./strong-path.ts";
