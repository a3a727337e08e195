import { setTimeout as sleep } from "node:timers/promises";
import { Problem } from "@corbenic/protocol";
import { isDatabaseAway, isDiskFull } from "../database/away.ts";

/** Clients take no answer within 10 seconds for a failure, and any 5xx: a status poll waits, and then is told to. */
const holdMs = 7_500;
const pauseMs = 200;

export interface Holding {
  /** Whether doing the work again does no harm when it was done and nobody heard. */
  readonly repeatable: boolean;
  readonly untilMs?: number;
}

/** When a request that has just arrived must have its answer. */
export function answerBy(): number {
  return performance.now() + holdMs;
}

/**
 * Does work that needs the database, and while that is away does it again, until it must be answered.
 * @throws {Problem} `busy` when the database does not come back in time, or the work may not be repeated
 */
export async function whileAway<T>(work: () => Promise<T>, holding: Holding): Promise<T> {
  const until = holding.untilMs ?? answerBy();
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isDatabaseAway(error)) throw error;
      if (!holding.repeatable || performance.now() + pauseMs > until) {
        throw new Problem("busy", whyAway(error), {
          detail: { retry_after_s: 2 },
          cause: error,
        });
      }
      await sleep(pauseMs);
    }
  }
}

function whyAway(error: unknown): string {
  return isDiskFull(error)
    ? "The disk of the cloud's database is full: nothing can be stored until its operator makes room."
    : "The cloud's database does not answer at the moment.";
}
