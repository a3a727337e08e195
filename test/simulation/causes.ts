import type { ApiProcess } from "./api-process.ts";
import type { Bench } from "./bench.ts";
import type { Chance } from "./chance.ts";
import type { Network } from "./network.ts";
import type { Scheduler } from "./scheduler.ts";
import type { Faults } from "./swarm.ts";
import type { WorkerProcess } from "./worker-process.ts";

/** Everything is well again: whatever is still wrong then has been lost for good. */
export const noFaults: Faults = {
  requestLost: 0,
  answerLost: 0,
  requestTwice: 0,
  slowRequest: 0,
  apiCrashMs: Number.POSITIVE_INFINITY,
  workerCrashMs: Number.POSITIVE_INFINITY,
  workerPauseMs: Number.POSITIVE_INFINITY,
  clockJumpMs: Number.POSITIVE_INFINITY,
  clockRate: 1,
  deadlyJobs: 0,
  failingJobs: 0,
  cancels: 0,
  administratorMs: Number.POSITIVE_INFINITY,
  dayMs: Number.POSITIVE_INFINITY,
};

/** When the cloud itself, or its clock, was last in trouble. */
export interface Troubles {
  lastMs: number;
}

const dayMs = 24 * 3_600_000;

/** Processes that die and come back, workers that freeze, and a clock of the database that jumps. */
export function causeFaults(
  scheduler: Scheduler,
  chance: Chance,
  apis: readonly ApiProcess[],
  workers: readonly WorkerProcess[],
  network: Network,
  { database }: Bench,
): Troubles {
  const faults = network.faults;
  const troubles: Troubles = { lastMs: 0 };
  const everyNowAndThen = (meanMs: number, what: string, act: () => void) => {
    if (meanMs === Number.POSITIVE_INFINITY) return;
    const wait = -Math.log(1 - chance.next()) * meanMs;
    scheduler.after(wait, what, () => {
      if (network.faults !== faults) return;
      act();
      everyNowAndThen(meanMs, what, act);
    });
  };
  everyNowAndThen(faults.apiCrashMs, "an API process is killed", () => chance.pick(apis).crash());
  // Whatever killed it, something starts it again.
  if (faults.apiCrashMs !== Number.POSITIVE_INFINITY) {
    const lookAfter = () => {
      troubles.lastMs = scheduler.now;
      for (const api of apis) if (!api.alive) api.start();
      if (network.faults === faults)
        scheduler.after(faults.apiCrashMs / 4, "API processes are looked after", lookAfter);
    };
    scheduler.after(faults.apiCrashMs / 4, "API processes are looked after", lookAfter);
  }
  everyNowAndThen(faults.workerCrashMs, "a worker is killed", () => chance.pick(workers).crash());
  everyNowAndThen(faults.workerPauseMs, "a worker freezes", () =>
    chance.pick(workers).pause(chance.scaled(faults.workerPauseMs / 20, faults.workerPauseMs * 2)),
  );
  const jump = (ms: number) => {
    troubles.lastMs = scheduler.now;
    database.skewMs += ms;
  };
  everyNowAndThen(faults.clockJumpMs, "the clock jumps", () =>
    jump((chance.happens(0.5) ? 1 : -1) * chance.scaled(1_000, faults.clockJumpMs)),
  );
  everyNowAndThen(faults.dayMs, "a day passes", () => jump(dayMs * chance.between(1, 1.5)));
  return troubles;
}
