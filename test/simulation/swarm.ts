import { type Chance, createChance } from "./chance.ts";

/** What a seed is made of: how many of everything, how long things last, and what goes wrong how often. */
export interface Swarm {
  readonly seed: number;
  readonly apis: number;
  readonly workers: number;
  /** Workers of somebody else's making, which know the protocol and keep to none of its advice. */
  readonly strayWorkers: number;
  /** Whether stray workers are in the majority and act quickly: few jobs then go from hand to hand. */
  readonly astray: boolean;
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
  /** How often an administrator acts: suspends, resumes, cancels, runs again. */
  readonly administratorMs: number;
  /** A day passes at once: what waits is too old then. */
  readonly dayMs: number;
}

/** Draws a swarm: each kind of fault is absent from about half of the seeds, so that none hides behind another. */
export function drawSwarm(seed: number, stepsMin: number): { swarm: Swarm; chance: Chance } {
  const chance = createChance(seed);
  const maybe = (value: () => number, otherwise = 0) => (chance.happens(0.5) ? value() : otherwise);
  // Long leases are rare: what happens then is mostly that workers ask again and again.
  const long = chance.happens(0.05);
  const leaseMs = Math.round(long ? chance.scaled(20_000, 600_000) : chance.scaled(1_000, 20_000));
  const dayMs = chance.happens(0.4) ? leaseMs * chance.scaled(0.3, 3) : Number.POSITIVE_INFINITY;
  // Where much grows old there are few to do it.
  const scarce = dayMs !== Number.POSITIVE_INFINITY;
  const astray = chance.happens(0.25);
  const meanFault = () => leaseMs * chance.scaled(0.2, 5);
  const swarm: Swarm = {
    seed,
    stepsMin,
    apis: chance.integer(1, 4),
    workers: Math.round(chance.scaled(1, scarce || astray ? 2 : long ? 3 : 10)),
    strayWorkers: astray
      ? chance.integer(3, 5)
      : chance.happens(0.8)
        ? Math.round(chance.scaled(1, scarce ? 2 : 5))
        : 0,
    astray,
    owners: chance.integer(1, 5),
    jobs: Math.round(chance.scaled(2, long || astray ? 6 : 40)),
    leaseMs,
    attemptsMax: chance.integer(1, 5),
    jobMs: leaseMs * chance.scaled(0.05, astray ? 0.5 : 2),
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
      cancels: chance.happens(0.65) ? chance.between(0, 1) : 0,
      administratorMs: chance.happens(0.65) ? leaseMs * chance.scaled(0.01, 0.3) : Number.POSITIVE_INFINITY,
      dayMs,
    },
  };
  return { swarm, chance };
}
