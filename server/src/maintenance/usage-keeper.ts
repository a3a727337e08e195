import type { UsageTally } from "../credentials/usage-tally.ts";
import type { Queryable } from "../database/database.ts";

export interface UsageKeeperOptions {
  readonly everyMs: number;
  readonly usage: UsageTally;
  readonly log: { error(detail: unknown, message: string): void };
}

/** Writes down, every minute or so, what credentials were used. @returns how to stop it, after a last time */
export function startUsageKeeper(
  db: Queryable,
  { everyMs, usage, log }: UsageKeeperOptions,
): () => Promise<void> {
  let round = Promise.resolve();
  const keep = () => {
    round = round
      .then(() => usage.flush(db))
      .catch((error: unknown) => log.error(error, "what credentials were used could not be written down"));
    return round;
  };
  const timer = setInterval(keep, everyMs);
  return () => {
    clearInterval(timer);
    return keep();
  };
}
