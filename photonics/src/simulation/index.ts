export { warmKernels } from "../kernels/index.ts";
export { allowHelpers, forceDraws, forcePath } from "./kernel-path.ts";
export { measureSpeed } from "./measured-speed.ts";
export { type SimulateOptions, StoppedJobError, simulate } from "./simulate.ts";
export { SimulationError, type SimulationErrorCode, simulationErrorCodes } from "./simulation-error.ts";
export { writeTables } from "./table-texts.ts";
export type { Watch } from "./watch.ts";
