import { existsSync, writeFileSync } from "node:fs";
import { Worker } from "node:worker_threads";
import { isOutOfMemory } from "./out-of-memory.ts";
import type { FromProcess, ToProcess, ToThread } from "./simulation-messages.ts";

/**
 * A process that computes jobs for the worker that has started it: `simulation-process.ts THREAD HEAP_MB`. A thread
 * computes, so that this one always hears when a job must stop. It ends with its thread, or with the worker.
 */
const [script, heapMb] = process.argv.slice(2);

// Who stops a worker stops it, and the worker decides what becomes of its jobs: a terminal tells all processes.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => undefined);
process.on("disconnect", () => process.exit());

// Where the system runs out of memory it ends this process rather than the worker or the cloud.
const killedFirst = "/proc/self/oom_score_adj";
try {
  if (existsSync(killedFirst)) writeFileSync(killedFirst, "1000");
} catch (error) {
  // A container may forbid it: then the system chooses.
  console.error(`cannot be the first to be ended for want of memory: ${String(error)}`);
}

const thread = new Worker(new URL(script!), {
  resourceLimits: { maxOldGenerationSizeMb: Number(heapMb) },
});
let flag = new Int32Array(new SharedArrayBuffer(4));
let broken = false;

thread.on("message", (told: FromProcess) => process.send?.(told));
thread.on("error", (error) => {
  broken = true;
  const message = error instanceof Error ? error.message : String(error);
  const told: FromProcess = { kind: "broken", message, outOfMemory: isOutOfMemory(error) };
  process.send?.(told, () => process.exit(1));
});
thread.on("exit", (code) => {
  if (!broken) process.exit(code);
});

process.on("message", (asked: ToProcess) => {
  if (asked.kind === "stop") {
    Atomics.store(flag, 0, 1);
    Atomics.notify(flag, 0);
    return;
  }
  if (asked.kind === "measure") {
    thread.postMessage(asked satisfies ToThread);
    return;
  }
  flag = new Int32Array(new SharedArrayBuffer(4));
  thread.postMessage({ ...asked, stop: flag.buffer } satisfies ToThread);
});
