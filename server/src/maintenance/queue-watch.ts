import type { Queryable } from "../database/database.ts";
import { countDueJobs } from "../leases/lease-store.ts";
import type { QueueSignal } from "../leases/queue-signal.ts";
import { type DutyLog, startDuty } from "./duty.ts";

export interface QueueWatchOptions {
  readonly everyMs: number;
  readonly queueSignal: QueueSignal;
  readonly random: () => number;
  readonly log: DutyLog;
}

/**
 * Looks every few seconds for jobs that nothing has announced here: those that become due after a pause, and those
 * that another process has taken in. One look serves all workers that wait, however many. @returns how to stop it
 */
export function startQueueWatch(db: Queryable, options: QueueWatchOptions): () => Promise<void> {
  const { everyMs, random, log } = options;
  const perform = () => watchQueue(db, options.queueSignal);
  return startDuty(perform, { name: "the watch on the queue", everyMs, random, log });
}

/** Wakes as many of those that wait as jobs are due, and nobody else. */
export async function watchQueue(db: Queryable, queueSignal: QueueSignal): Promise<void> {
  const waiting = queueSignal.waiting();
  if (waiting.size === 0) return;
  const most = Math.max(...waiting.values());
  for (const { platform_id, jobs } of await countDueJobs(db, [...waiting.keys()], most))
    queueSignal.hear(platform_id, jobs);
}
