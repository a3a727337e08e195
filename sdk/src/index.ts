export { Problem, UnreachableError } from "@corbenic/protocol";
export { Cloud, type CloudAddress } from "./cloud.ts";
export { readHealth } from "./health.ts";
export { hongOuMandel } from "./hong-ou-mandel.ts";
export { JobFailedError } from "./job-failed-error.ts";
export { RemoteJob, type WaitOptions } from "./remote-job.ts";
export type { JobResults } from "./results.ts";
