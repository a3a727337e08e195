import type { UsageTally } from "../credentials/usage-tally.ts";
import type { Queryable } from "../database/database.ts";
import { type DutyOptions, startDuty } from "./duty.ts";

export interface UsageKeeperOptions extends Omit<DutyOptions, "name"> {
  readonly usage: UsageTally;
}

/** Writes down, every minute or so, what credentials were used. @returns how to stop it, after a last time */
export function startUsageKeeper(db: Queryable, options: UsageKeeperOptions): () => Promise<void> {
  const keep = () => options.usage.flush(db);
  const stop = startDuty(keep, { ...options, name: "writing down what credentials were used" });
  return async () => {
    await stop();
    await keep().catch((error: unknown) => options.log.error(error, "the last uses of credentials are lost"));
  };
}
