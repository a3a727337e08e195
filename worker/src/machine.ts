import { setTimeout as wait } from "node:timers/promises";

/** What a worker takes from the machine it runs on. Given by the caller, so that a test can own time and chance. */
export interface Machine {
  /** Milliseconds that only go forward: differences mean something, values do not. */
  readonly now: () => number;
  /** Resolves when the time is over, or as soon as the signal aborts. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** At least 0 and less than 1. */
  readonly random: () => number;
  readonly drawId: () => string;
  readonly fetch: typeof fetch;
}

/** This process's own clock, randomness and network. */
export const thisMachine: Machine = {
  now: () => performance.now(),
  random: Math.random,
  drawId: () => crypto.randomUUID(),
  fetch: (input, init) => fetch(input, init),
  async sleep(ms, signal) {
    try {
      await wait(ms, undefined, signal === undefined ? {} : { signal });
    } catch (error) {
      if (!signal?.aborted) throw error;
    }
  },
};

/** A signal that aborts with the reason when the time is over, or with `others` when one of them does. */
export function deadline(
  machine: Machine,
  ms: number,
  reason: () => Error,
  others: readonly AbortSignal[] = [],
): { readonly signal: AbortSignal; readonly clear: () => void } {
  const late = new AbortController();
  const cleared = new AbortController();
  void machine.sleep(ms, cleared.signal).then(() => {
    if (!cleared.signal.aborted) late.abort(reason());
  });
  return { signal: AbortSignal.any([late.signal, ...others]), clear: () => cleared.abort() };
}
