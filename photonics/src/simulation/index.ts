export { type SimulateOptions, StoppedJobError, simulate } from "./simulate.ts";
export { SimulationError, type SimulationErrorCode, simulationErrorCodes } from "./simulation-error.ts";
export type { Watch } from "./watch.ts";
