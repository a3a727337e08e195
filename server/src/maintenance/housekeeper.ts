import type { Database } from "../database/database.ts";
import { reapKeys } from "../idempotency/idempotency-store.ts";
import { mergeTallies } from "../jobs/job-store.ts";

export interface HousekeeperOptions {
  readonly everyMs: number;
  readonly idempotencyKeepMs: number;
  readonly log: { error(detail: unknown, message: string): void };
}

/** After so many tallies, two for each job, the embedded database is vacuumed: it has nothing that does so by itself. */
const talliesPerVacuum = 5_000;

/** Clears away, every few seconds, what is no longer needed. @returns how to stop it */
export function startHousekeeper(
  { kind, pool }: Pick<Database, "kind" | "pool">,
  { everyMs, idempotencyKeepMs, log }: HousekeeperOptions,
): () => Promise<void> {
  let tallies = 0;

  async function keep(): Promise<void> {
    try {
      await reapKeys(pool, idempotencyKeepMs);
      tallies += await mergeTallies(pool);
      if (kind !== "embedded" || tallies < talliesPerVacuum) return;
      tallies = 0;
      await pool.query("vacuum job_tallies");
      await pool.query("vacuum analyze jobs");
    } catch (error) {
      log.error(error, "the housekeeper failed, and tries again at its next round");
    }
  }

  let round = Promise.resolve();
  const timer = setInterval(() => {
    round = round.then(keep);
  }, everyMs);
  return () => {
    clearInterval(timer);
    return round;
  };
}
