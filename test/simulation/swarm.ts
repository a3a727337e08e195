import { type Chance, createChance } from "./chance.ts";

/** What a seed is made of: how many of everything, how long things last, and what goes wrong how often. */
export interface Swarm {
  readonly seed: number;
  readonly apis: number;
  readonly workers: number;
  readonly owners: number;
  readonly jobs: number;
  readonly stepsMin: number;
  readonly leaseMs: number;
  readonly attemptsMax: number;
  readonly jobMs: number;
  readonly faults: Faults;
}

/** Probabilities, and mean times between faults in milliseconds (infinite for never). */
export interface Faults {
  readonly requestLost: number;
  readonly answerLost: number;
  readonly requestTwice: number;
  readonly slowRequest: number;
  readonly apiCrashMs: number;
  readonly workerCrashMs: number;
  readonly workerPauseMs: number;
  readonly clockJumpMs: number;
  /** A worker's clock runs so many times as fast, or as slow. */
  readonly clockRate: number;
  /** Jobs that kill whoever runs them. */
  readonly deadlyJobs: number;
  readonly failingJobs: number;
  readonly cancels: number;
  readonly suspends: number;
}

/** Draws a swarm: each kind of fault is absent from about half of the seeds, so that none hides behind another. */
export function drawSwarm(seed: number, stepsMin: number): { swarm: Swarm; chance: Chance } {
  const chance = createChance(seed);
  const maybe = (value: () => number, otherwise = 0) => (chance.happens(0.5) ? value() : otherwise);
  // Long leases are rare: what happens then is mostly that workers ask again and again.
  const long = chance.happens(0.05);
  const leaseMs = Math.round(long ? chance.scaled(20_000, 600_000) : chance.scaled(1_000, 20_000));
  const meanFault = () => leaseMs * chance.scaled(0.2, 5);
  const swarm: Swarm = {
    seed,
    stepsMin,
    apis: chance.integer(1, 4),
    workers: Math.round(chance.scaled(1, long ? 3 : 20)),
    owners: chance.integer(1, 5),
    jobs: Math.round(chance.scaled(1, long ? 5 : 50)),
    leaseMs,
    attemptsMax: chance.integer(1, 5),
    jobMs: leaseMs * chance.scaled(0.05, 2),
    faults: {
      requestLost: maybe(() => chance.scaled(0.001, 0.3)),
      answerLost: maybe(() => chance.scaled(0.001, 0.3)),
      requestTwice: maybe(() => chance.scaled(0.01, 0.5)),
      slowRequest: maybe(() => chance.scaled(0.01, 0.3)),
      apiCrashMs: maybe(meanFault, Number.POSITIVE_INFINITY),
      workerCrashMs: maybe(meanFault, Number.POSITIVE_INFINITY),
      workerPauseMs: maybe(meanFault, Number.POSITIVE_INFINITY),
      clockJumpMs: maybe(() => 10 * meanFault(), Number.POSITIVE_INFINITY),
      clockRate: maybe(() => chance.between(1, 2), 1),
      deadlyJobs: maybe(() => chance.between(0, 0.2)),
      failingJobs: maybe(() => chance.between(0, 0.4)),
      cancels: maybe(() => chance.between(0, 1)),
      suspends: maybe(() => chance.between(0, 1)),
    },
  };
  return { swarm, chance };
}
