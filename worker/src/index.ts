export type { Log } from "./log.ts";
export { type Machine, thisMachine } from "./machine.ts";
export type { Outcome, Runner, RunOptions } from "./runner.ts";
export { type RunningWorker, startWorker, type WorkerOptions } from "./worker.ts";
