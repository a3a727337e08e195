export type { Log } from "./log.ts";
export { type RunningWorker, startWorker, type WorkerOptions } from "./worker.ts";
