import type { FinalJob } from "./final-jobs.ts";

/** A job of an owner who had none waiting, and how many others have been acquired since it was submitted. */
interface Arrival {
  /** How many may go first. */
  turns: number;
  passed: number;
}

/**
 * The job of an owner who had none waiting is acquired after one job at most of each owner who had some, whatever
 * any of them has queued: all owners here have equal shares. A job that waits again has a turn of its own besides, at
 * the place that it had, or another of its owner has it instead.
 */
export function checkFairShares(jobs: readonly FinalJob[]): string[] {
  const wrong: string[] = [];
  /** With the attempts that they have had. */
  const waiting = new Map<FinalJob, number>();
  const arrivals = new Map<FinalJob, Arrival>();
  const all = jobs.flatMap((job) => job.events.map((event) => ({ job, event })));
  for (const { job, event } of all.sort((a, b) => a.event.id - b.event.id)) {
    if (event.to === "waiting") {
      if (event.transition === "submit" || event.transition === "rerun") arrive(job);
      else comeBack(job);
      waiting.set(job, event.attempt);
      continue;
    }
    waiting.delete(job);
    arrivals.delete(job);
    if (event.transition === "acquire") pass(job);
  }
  return wrong;

  function arrive(job: FinalJob): void {
    const others = new Set([...waiting.keys()].map(({ owner_id }) => owner_id));
    if (others.has(job.owner_id)) return;
    const again = [...waiting.values()].filter((attempts) => attempts > 0).length;
    arrivals.set(job, { turns: others.size + again, passed: 0 });
  }

  /** The owner's own older job goes first, or another owner has one more turn. */
  function comeBack(job: FinalJob): void {
    for (const [arrived, arrival] of arrivals) {
      if (arrived.owner_id === job.owner_id) arrivals.delete(arrived);
      else arrival.turns += 1;
    }
  }

  function pass(job: FinalJob): void {
    for (const [arrived, arrival] of arrivals) {
      if (arrived.owner_id === job.owner_id) continue;
      arrival.passed += 1;
      if (arrival.passed === arrival.turns + 1)
        wrong.push(
          `L3: job ${arrived.id} waits behind ${arrival.passed} others, who have ${arrival.turns} turns`,
        );
    }
  }
}
