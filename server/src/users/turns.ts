import { Problem } from "@corbenic/protocol";

export interface Turns {
  /** Does the work when it is its turn. @throws {Problem} `busy` at once when too much waits already */
  take<T>(work: () => Promise<T>): Promise<T>;
}

/** Lets heavy work be done a few at a time, and a bounded number wait, in the order in which it came. */
export function createTurns({ atOnce, waitingMax }: { atOnce: number; waitingMax: number }): Turns {
  let underWay = 0;
  const waiting: (() => void)[] = [];
  return {
    async take(work) {
      if (underWay < atOnce) underWay += 1;
      else if (waiting.length < waitingMax) await new Promise<void>((turn) => waiting.push(turn));
      else {
        throw new Problem("busy", "Too many passwords wait to be checked at this moment.", {
          detail: { retry_after_s: 1 },
        });
      }
      try {
        return await work();
      } finally {
        // Whoever waits next takes over this place; the number under way stays.
        const next = waiting.shift();
        if (next === undefined) underWay -= 1;
        else next();
      }
    },
  };
}
