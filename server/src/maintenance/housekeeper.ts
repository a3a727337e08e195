import type { Database } from "../database/database.ts";
import { reapKeys } from "../idempotency/idempotency-store.ts";
import { countSubmissions, mergeTallies } from "../jobs/job-store.ts";
import { type DutyOptions, startDuty } from "./duty.ts";

/** After so many jobs the embedded database is vacuumed: it has nothing that does so by itself. */
const jobsPerVacuum = 5_000;

/** Clears away what submissions leave: keys that were kept long enough, and tallies that can be one. */
export function startHousekeeper(
  { kind, pool }: Pick<Database, "kind" | "pool">,
  { idempotencyKeepMs, ...options }: Omit<DutyOptions, "name"> & { readonly idempotencyKeepMs: number },
): () => Promise<void> {
  let vacuumedAt: number | undefined;
  const keep = async () => {
    await reapKeys(pool, idempotencyKeepMs);
    await mergeTallies(pool);
    if (kind !== "embedded") return;
    const submissions = await countSubmissions(pool);
    vacuumedAt ??= submissions;
    if (submissions - vacuumedAt < jobsPerVacuum) return;
    vacuumedAt = submissions;
    await pool.query("vacuum job_tallies");
    await pool.query("vacuum analyze jobs");
  };
  return startDuty(keep, { ...options, name: "clearing away keys and merging tallies" });
}
