import type { Queryable } from "../database/database.ts";
import type { QueueSignal } from "../leases/queue-signal.ts";
import { expireJobsOfDeletedPlatforms } from "../platforms/administration-store.ts";
import { followPlatforms } from "../platforms/status-store.ts";

export interface StatusKeeperOptions {
  readonly everyMs: number;
  readonly queueSignal: QueueSignal;
  readonly log: {
    info(detail: object, message: string): void;
    error(detail: unknown, message: string): void;
  };
}

/**
 * Notes, every few seconds, what has changed by itself: maintenance windows that opened or closed, workers that went
 * away, jobs that came back to a platform that is gone. @returns how to stop it
 */
export function startStatusKeeper(db: Queryable, options: StatusKeeperOptions): () => Promise<void> {
  let round = Promise.resolve();
  const timer = setInterval(() => {
    round = round.then(() => keep(db, options));
  }, options.everyMs);
  return () => {
    clearInterval(timer);
    return round;
  };
}

async function keep(db: Queryable, { queueSignal, log }: StatusKeeperOptions): Promise<void> {
  try {
    for (const { id, name, status } of await followPlatforms(db)) {
      log.info({ platform: name, status }, "the status of a platform changed");
      if (status === "available") queueSignal.raise(id);
    }
    const jobs = await expireJobsOfDeletedPlatforms(db);
    if (jobs > 0) log.info({ jobs }, "jobs ended whose platform was deleted");
  } catch (error) {
    log.error(error, "the status keeper failed, and tries again at its next round");
  }
}
