import { parentPort } from "node:worker_threads";
import { type Engine, kernelsOn } from "./arena.ts";
import { control, makeCalls } from "./team-calls.ts";

/** What a helper needs to compute in an arena, until the leader is done with it. */
export interface ToHelper {
  readonly module: WebAssembly.Module;
  readonly engine: Engine;
  readonly memory: WebAssembly.Memory;
  readonly words: SharedArrayBuffer;
  readonly scratch: number;
  readonly interleaved: number;
}

parentPort?.on("message", ({ module, engine, memory, words: shared, scratch, interleaved }: ToHelper) => {
  const words = new Int32Array(shared);
  const hand = { kernels: kernelsOn(memory, engine, module), scratch, interleaved };
  for (let round = 1; ; round++) {
    // Rounds begin only when all helpers have finished the one before.
    Atomics.wait(words, control.round, round - 1);
    if (Atomics.load(words, control.over) === 1) return;
    makeCalls(words, hand, () => undefined);
    Atomics.add(words, control.finished, 1);
    Atomics.notify(words, control.finished);
  }
});
