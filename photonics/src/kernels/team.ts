import { Worker } from "node:worker_threads";
import { type Arena, kernelModule } from "./arena.ts";
import { callsMax, control, controlBytes, makeCalls, type SharedCall, writeCall } from "./team-calls.ts";
import type { ToHelper } from "./team-helper.ts";

/** Threads that compute in the memory of whoever asks them. */
export interface Team {
  readonly helpers: number;
  /** Lets them into an arena. @param scratch memory for each thread, that of the caller first */
  join(arena: Arena, scratch: readonly number[], interleaved: number): Session;
  close(): Promise<void>;
}

export interface Session {
  /**
   * Makes all calls, and returns when all are made.
   * @param onDone told of each call that this thread made; what it throws is thrown when no thread computes any more
   */
  run<Call extends SharedCall>(calls: readonly Call[], onDone: (call: Call) => void): void;
  leave(): void;
}

/** Starts helpers, which do not keep the process alive. */
export function createTeam(helpers: number): Team {
  const workers = Array.from({ length: helpers }, () => {
    const worker = new Worker(new URL("./team-helper.ts", import.meta.url));
    worker.unref();
    return worker;
  });
  return {
    helpers,
    join(arena, scratch, interleaved) {
      const words = new Int32Array(new SharedArrayBuffer(controlBytes));
      for (const [i, worker] of workers.entries()) {
        worker.postMessage({
          module: kernelModule(),
          engine: arena.engine,
          memory: arena.memory,
          words: words.buffer as SharedArrayBuffer,
          scratch: scratch[i + 1]!,
          interleaved,
        } satisfies ToHelper);
      }
      const hand = { kernels: arena.kernels, scratch: scratch[0]!, interleaved };
      return {
        run(calls, onDone) {
          for (let first = 0; first < calls.length; first += callsMax) {
            const round = calls.slice(first, first + callsMax);
            for (const [index, call] of round.entries()) writeCall(words, index, call);
            runRound(words, helpers, round.length, () =>
              makeCalls(words, hand, (index) => onDone(round[index]!)),
            );
          }
        },
        leave() {
          Atomics.store(words, control.over, 1);
          Atomics.add(words, control.round, 1);
          Atomics.notify(words, control.round);
        },
      };
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

function runRound(words: Int32Array, helpers: number, count: number, work: () => void): void {
  Atomics.store(words, control.next, 0);
  Atomics.store(words, control.count, count);
  Atomics.store(words, control.finished, 0);
  Atomics.add(words, control.round, 1);
  Atomics.notify(words, control.round);
  try {
    work();
  } finally {
    // Takes what is left after an error.
    Atomics.add(words, control.next, count);
    for (
      let done = Atomics.load(words, control.finished);
      done < helpers;
      done = Atomics.load(words, control.finished)
    )
      Atomics.wait(words, control.finished, done);
  }
}
