import type { Machine } from "../src/machine.ts";

/** A machine whose time moves only when the test moves it, and whose chance is drawn from a seed. */
export interface VirtualMachine extends Machine {
  /** Lets so much time pass, and everything happen that was due in it. */
  advance(ms: number): Promise<void>;
  /** Lets time pass until the condition holds. @throws when it does not within a virtual hour */
  advanceUntil(holds: () => boolean): Promise<void>;
}

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly go: () => void;
}

export function createVirtualMachine(fetch: typeof globalThis.fetch, seed = 1): VirtualMachine {
  let now = 0;
  let order = 0;
  let ids = 0;
  let state = seed;
  const timers = new Set<Timer>();

  const next = (): Timer | undefined => {
    let earliest: Timer | undefined;
    for (const timer of timers) {
      if (
        earliest === undefined ||
        timer.at < earliest.at ||
        (timer.at === earliest.at && timer.order < earliest.order)
      )
        earliest = timer;
    }
    return earliest;
  };

  async function advance(ms: number): Promise<void> {
    const until = now + ms;
    await settled();
    for (let timer = next(); timer !== undefined && timer.at <= until; timer = next()) {
      now = Math.max(now, timer.at);
      timers.delete(timer);
      timer.go();
      await settled();
    }
    now = until;
  }

  return {
    fetch,
    advance,
    async advanceUntil(holds) {
      const limit = now + 3_600_000;
      await settled();
      while (!holds()) {
        const timer = next();
        if (timer === undefined || timer.at > limit)
          throw new Error("nothing that is still to come makes it so");
        await advance(timer.at - now);
      }
    },
    now: () => now,
    sleep(ms, signal) {
      return new Promise((resolve) => {
        const timer: Timer = { at: now + Math.max(0, ms), order: order++, go: () => done() };
        const done = () => {
          timers.delete(timer);
          signal?.removeEventListener("abort", done);
          resolve();
        };
        if (signal?.aborted) return resolve();
        signal?.addEventListener("abort", done, { once: true });
        timers.add(timer);
      });
    },
    random() {
      // Mulberry32: small, and the same everywhere.
      state = (state + 0x6d2b79f5) | 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    },
    drawId: () => `00000000-0000-4000-8000-${String(ids++).padStart(12, "0")}`,
  };
}

/** Everything that waits for no time has happened. */
async function settled(): Promise<void> {
  for (let round = 0; round < 3; round++) await new Promise((resolve) => setImmediate(resolve));
}
