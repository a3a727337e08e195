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
  /** When the database last said anything to anybody here; undefined where it cannot fall silent. */
  readonly lastHeard?: () => number | undefined;
}

/** When a request that has just arrived must have its answer. */
export function answerBy(): number {
  return performance.now() + holdMs;
}

/**
 * Does work that needs the database, and while that is away does it again, until it must be answered. A database that
 * has said nothing to anybody since then is away, too: a network that was cut off breaks no connection.
 * @throws {Problem} `busy` when the database does not come back in time, or the work may not be repeated
 */
export async function whileAway<T>(work: () => Promise<T>, holding: Holding): Promise<T> {
  const until = holding.untilMs ?? answerBy();
  for (;;) {
    try {
      return await (holding.repeatable ? unlessSilent(work(), until, holding.lastHeard) : work());
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

/** Gives work up when its time is over and the database has been silent for as long as that. */
async function unlessSilent<T>(
  work: Promise<T>,
  untilMs: number,
  lastHeard: () => number | undefined = () => undefined,
): Promise<T> {
  if (lastHeard() === undefined) return work;
  let timer: NodeJS.Timeout | undefined;
  const silent = new Promise<never>((_, reject) => {
    const look = () => {
      const spokenMs = performance.now() - (lastHeard() ?? 0);
      if (spokenMs >= holdMs)
        reject(Object.assign(new Error("The database is silent"), { code: "ETIMEDOUT" }));
      else timer = setTimeout(look, holdMs - spokenMs);
    };
    timer = setTimeout(look, Math.max(0, untilMs - performance.now()));
  });
  try {
    return await Promise.race([work, silent]);
  } finally {
    clearTimeout(timer);
  }
}

function whyAway(error: unknown): string {
  return isDiskFull(error)
    ? "The disk of the cloud's database is full: nothing can be stored until its operator makes room."
    : "The cloud's database does not answer at the moment.";
}
