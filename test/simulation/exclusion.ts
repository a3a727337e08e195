import type { Swarm } from "./swarm.ts";
import type { Workshop } from "./worker-process.ts";

/**
 * Two workers never run one job at the same time: who does not hear of the cloud stops before the lease is over. This
 * holds where clocks go evenly and messages come in time; elsewhere the cloud refuses what the late one reports.
 */
export function watchExclusion(
  { faults, leaseMs }: Swarm,
  violate: (says: string) => void,
): Workshop["running"] {
  const running = new Map<string, Set<string>>();
  const never = Number.POSITIVE_INFINITY;
  const even =
    faults.clockRate === 1 &&
    faults.slowRequest === 0 &&
    leaseMs > 2_000 &&
    [faults.workerPauseMs, faults.clockJumpMs, faults.dayMs, faults.administratorMs].every(
      (ms) => ms === never,
    );
  return {
    begin(jobId, worker) {
      const workers = running.get(jobId) ?? new Set();
      if (even && workers.size > 0)
        violate(`fence: job ${jobId} is run by ${worker} and ${[...workers]} at once`);
      running.set(jobId, workers.add(worker));
    },
    end: (jobId, worker) => void running.get(jobId)?.delete(worker),
    endAll(worker) {
      for (const workers of running.values()) workers.delete(worker);
    },
  };
}
