import type { Queryable } from "../database/database.ts";
import { reapLeases } from "../leases/lease-store.ts";
import type { QueueSignal } from "../leases/queue-signal.ts";

export interface ReaperOptions {
  readonly everyMs: number;
  readonly retryDelayMs: number;
  readonly queueSignal: QueueSignal;
  readonly log: {
    info(detail: object, message: string): void;
    error(detail: unknown, message: string): void;
  };
}

/** Ends, every few seconds, the leases whose workers are gone. @returns how to stop it */
export function startLeaseReaper(db: Queryable, options: ReaperOptions): () => Promise<void> {
  let round = Promise.resolve();
  const timer = setInterval(() => {
    round = round.then(() => reap(db, options));
  }, options.everyMs);
  return () => {
    clearInterval(timer);
    return round;
  };
}

async function reap(db: Queryable, { queueSignal, retryDelayMs, log }: ReaperOptions): Promise<void> {
  try {
    for (const job of await reapLeases(db, retryDelayMs)) {
      log.info({ job: job.id, state: job.state }, "lease ended by the reaper");
      if (job.state === "waiting") queueSignal.raise(job.platform_id);
    }
  } catch (error) {
    log.error(error, "the lease reaper failed, and tries again at its next round");
  }
}
