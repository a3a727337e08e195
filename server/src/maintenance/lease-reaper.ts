import type { Limits } from "../config.ts";
import type { Queryable } from "../database/database.ts";
import { asOperation, reach } from "../failpoint.ts";
import type { QueueSignal } from "../leases/queue-signal.ts";
import { keepTime, reapLeases } from "../leases/reap-store.ts";
import { type DutyLog, startDuty } from "./duty.ts";

export interface ReaperOptions {
  readonly limits: Pick<Limits, "reaperMs" | "retryDelayMs" | "cancelGraceMs">;
  readonly queueSignal: QueueSignal;
  readonly random: () => number;
  readonly log: DutyLog;
}

/** Nobody was at work when so many rounds are missing. */
const roundsAway = 3;

/** Ends, every few seconds, the leases whose workers are gone. Any number of processes do. @returns how to stop it */
export function startLeaseReaper(db: Queryable, options: ReaperOptions): () => Promise<void> {
  const { log, random, limits } = options;
  const perform = async () => {
    reach("reaper", "received");
    await asOperation("reaper", () => reap(db, options));
    reach("reaper", "before_reply");
  };
  return startDuty(perform, { name: "the lease reaper", everyMs: limits.reaperMs, random, log });
}

/** One round of the reaper. */
export async function reap(
  db: Queryable,
  { limits, queueSignal, random, log }: ReaperOptions,
): Promise<void> {
  const time = await keepTime(db, limits.reaperMs * roundsAway);
  if (time !== undefined && time.leases_moved > 0)
    log.warn({ ...time }, "the cloud was away or its clock jumped: leases were set right");
  for (const job of await reapLeases(db, { ...limits, random })) {
    log.info({ job: job.id, state: job.state }, "lease ended by the reaper");
    if (job.state === "waiting") queueSignal.raise(job.platform_id);
  }
}
