import { createBackoff, isRefusal } from "./backoff.ts";
import type { Log } from "./log.ts";
import type { Machine } from "./machine.ts";

export interface Reporting {
  readonly machine: Machine;
  readonly log: Log;
  /** Ends the tries: the worker must go, or nobody wants the report any more. */
  readonly giveUp: AbortSignal;
  /** Told once, when the first try was not heard. */
  readonly onUnheard?: () => void;
}

/**
 * Sends a report until the cloud has answered it. Reports may be repeated: the cloud answers a repeated one as it did
 * the first.
 * @throws what the cloud refuses the report with, or the last failure to reach it
 */
export async function reportUntilHeard(send: () => Promise<void>, reporting: Reporting): Promise<void> {
  const { machine, log, giveUp, onUnheard } = reporting;
  const backoff = createBackoff(machine, { firstMs: 250, longestMs: 5_000 });
  for (let tries = 1; ; tries++) {
    try {
      return await send();
    } catch (error) {
      if (isRefusal(error) || giveUp.aborted) throw error;
      log.warn({ err: error, tries }, "cannot report, trying again");
      if (tries === 1) onUnheard?.();
      await backoff.pause(error, giveUp);
      if (giveUp.aborted) throw error;
    }
  }
}
