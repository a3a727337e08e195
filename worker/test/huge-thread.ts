import { parentPort } from "node:worker_threads";
import type { JobForThread } from "../src/simulation-messages.ts";

/**
 * A thread that finishes a step of its job, and then asks for more memory at once than any heap limit lets it: at
 * once, or where the job says so as soon as it is to stop.
 */
parentPort?.on("message", ({ payload, stop }: JobForThread) => {
  parentPort?.postMessage({ kind: "step", step: '{"step":1}', around: '{"seed":7}' });
  parentPort?.postMessage({ kind: "progress", progress: 0.5, phase: "half" });
  if (payload.whenStopped === true) Atomics.wait(new Int32Array(stop), 0, 0);
  new Array(30_000_000).fill(0.5);
});
