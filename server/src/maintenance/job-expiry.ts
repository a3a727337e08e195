import type { Queryable } from "../database/database.ts";
import { expireJobs } from "../leases/reap-store.ts";
import { type DutyLog, startDuty } from "./duty.ts";

const everyMs = 600_000;

/** Ends jobs that have waited for longer than any job may. @returns how to stop it */
export function startJobExpiry(
  db: Queryable,
  options: { readonly ageMaxDays: number; readonly random: () => number; readonly log: DutyLog },
): () => Promise<void> {
  const { ageMaxDays, random, log } = options;
  const perform = async () => {
    const jobs = await expireJobs(db, ageMaxDays);
    if (jobs > 0) log.info({ jobs }, "jobs ended that had waited too long");
  };
  return startDuty(perform, { name: "the expiry of old jobs", everyMs, random, log });
}
