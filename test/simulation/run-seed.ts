import { inspect } from "node:util";
import type { LeasedJob } from "@corbenic/protocol";
import type { Limits } from "../../server/src/config.ts";
import { verifyLifecycle } from "../../server/src/maintenance/verify-lifecycle.ts";
import { type Administrator, createAdministrator } from "./administrator.ts";
import type { ApiProcess } from "./api-process.ts";
import type { Bench } from "./bench.ts";
import { causeFaults, noFaults, type Troubles } from "./causes.ts";
import type { Chance } from "./chance.ts";
import { watchExclusion } from "./exclusion.ts";
import { checkFairShares } from "./fair-shares.ts";
import { checkFinalJobs } from "./final-checks.ts";
import {
  type FinalJob,
  readFinalJobs,
  readForgottenLeases,
  readOpenJobs,
  readWrongTallies,
} from "./final-jobs.ts";
import { createNetwork } from "./network.ts";
import { liveAsOwner, type People } from "./owner.ts";
import type { PlantedFault } from "./planted-faults.ts";
import { createRecord } from "./record.ts";
import { createScheduler, type Scheduler } from "./scheduler.ts";
import { liveAsStrayWorker, type StrayLease } from "./stray-worker.ts";
import { drawSwarm, type Swarm } from "./swarm.ts";
import { createWorkerProcess } from "./worker-process.ts";

export interface SeedOutcome {
  readonly seed: number;
  readonly steps: number;
  readonly traceHash: string;
  readonly violations: readonly string[];
  readonly transitions: ReadonlyMap<string, number>;
  readonly refusals: ReadonlyMap<string, number>;
  /** The last things that happened. */
  readonly recent: readonly string[];
  readonly swarm: Swarm;
}

/**
 * Lives through one seed: faults for at least so many steps, then none, until every job has ended.
 * @param planted what is wrong with the cloud on purpose
 */
export async function runSeed(
  bench: Bench,
  seed: number,
  stepsMin: number,
  planted?: PlantedFault,
): Promise<SeedOutcome> {
  const { swarm, chance } = drawSwarm(seed, stepsMin);
  const scheduler = createScheduler(chance);
  await bench.database.reset();
  const record = createRecord();
  const { violate } = record;
  const apis = bench.apis.slice(0, swarm.apis);
  const inReach = [...apis];
  const network = createNetwork(scheduler, chance, inReach, swarm.faults, record);
  const healing = () => network.faults === noFaults;
  startApis(bench, apis, { scheduler, chance, swarm, healing, violate, planted });

  let results = 0;
  const resultsOf = ({ payload }: LeasedJob) =>
    JSON.stringify({
      results: `:PCVL:BSCount:{|1,1>=${++results}}`,
      global_perf: 1,
      job_context: payload.job_context ?? undefined,
    });
  const running = watchExclusion(swarm, violate);
  const keyOf = (index: number) => bench.workerKeys[index % bench.workerKeys.length]!;
  const workers = Array.from({ length: swarm.workers }, (_, index) =>
    createWorkerProcess(index, keyOf(index), {
      scheduler,
      chance,
      network,
      swarm,
      resultsOf,
      running,
      // What is left is done quickly, once all is well.
      pace: () => (healing() ? 0.1 : 1),
      surprise: violate,
    }),
  );
  for (const worker of workers) worker.start();

  const people: People = { scheduler, chance, network, violate, swarm, healing, jobs: [] };
  const administrator = createAdministrator(bench.administratorToken, people);
  const strayLeases: StrayLease[] = [];
  const everybody = watchEverybody(
    [
      ...bench.jobTokens
        .slice(0, swarm.owners)
        .map((token, owner) =>
          liveAsOwner(`owner ${owner}`, token, Math.ceil(swarm.jobs / swarm.owners), people),
        ),
      ...Array.from({ length: swarm.strayWorkers }, (_, index) => {
        let ids = 0;
        const drawId = () => `00000000-0000-4000-a00${index}-${(ids++).toString(16).padStart(12, "0")}`;
        const life = {
          key: keyOf(index),
          people,
          drawId,
          resultsOf,
          leases: strayLeases,
          running: record.ledger.running,
        };
        return liveAsStrayWorker(`stray worker ${index}`, life);
      }),
      ...(swarm.faults.administratorMs === Number.POSITIVE_INFINITY ? [] : [administrator.live()]),
    ],
    violate,
  );
  const troubles = causeFaults(scheduler, chance, apis, workers, network, bench);
  inspectAgainAndAgain(scheduler, bench, swarm, troubles, violate);

  const faultsMs = chance.between(1, 4) * (swarm.leaseMs + swarm.jobMs);
  // It takes several leases of one job until somebody can do harm with an old one.
  const stepsLeast = stepsMin * (swarm.astray ? 2 : 1);
  const enough = () => scheduler.now >= faultsMs || scheduler.steps >= stepsLeast * faultyStepsMost;
  await scheduler.runUntil(() => scheduler.steps >= stepsLeast && enough());
  network.faults = noFaults;
  // One or two of each are enough; the others are gone for good, with all that they held.
  for (const api of inReach.splice(1)) api.crash();
  for (const api of inReach) if (!api.alive) api.start();
  for (const worker of workers.slice(healingWorkersMost)) worker.crash(false);
  for (const worker of workers.slice(0, healingWorkersMost)) if (!worker.alive) worker.start();
  const jobs = await runUntilAllEnded(scheduler, bench, swarm, administrator, everybody.done);

  if (!everybody.done()) violate("somebody has waited for ever");
  const { findings } = await verifyLifecycle(bench.database.client);
  const violations = [
    ...record.violations,
    ...checkFinalJobs(jobs, record.promises, record.ledger),
    ...checkFairShares(jobs),
    ...(await readWrongTallies(bench.database.client)),
    ...findings.map(({ jobId, says }) => `I13: job ${jobId}: ${says}`),
  ];
  for (const api of apis) api.end();
  return {
    seed,
    steps: scheduler.steps,
    traceHash: scheduler.traceHash(),
    violations,
    transitions: countTransitions(jobs).set("renew", record.renewals),
    refusals: record.refusals,
    recent: scheduler.recent,
    swarm,
  };
}

function startApis(
  bench: Bench,
  apis: readonly ApiProcess[],
  seed: {
    scheduler: Scheduler;
    chance: Chance;
    swarm: Swarm;
    healing: () => boolean;
    violate: (says: string) => void;
    planted: PlantedFault | undefined;
  },
): void {
  const { scheduler, chance, swarm, healing, planted } = seed;
  const limits = limitsOf(swarm, chance);
  const crashAtStatement =
    swarm.faults.apiCrashMs === Number.POSITIVE_INFINITY ? 0 : chance.scaled(1e-4, 1e-2);
  for (const api of apis) {
    api.begin({
      scheduler,
      chance,
      database: bench.database,
      limits,
      rewrite: planted?.statement ?? ((text) => text),
      surprise: seed.violate,
      get crashAtStatement() {
        return healing() ? 0 : crashAtStatement;
      },
    });
    api.start();
  }
}

/** Whether all of them have come to their end; what none of them expects is a violation. */
function watchEverybody(
  lives: readonly Promise<unknown>[],
  violate: (says: string) => void,
): { readonly done: () => boolean } {
  let left = lives.length;
  for (const life of lives)
    void life
      .catch((error: unknown) => violate(`somebody did not expect: ${inspect(error)}`))
      .finally(() => {
        left -= 1;
      });
  return { done: () => left === 0 };
}

function limitsOf(swarm: Swarm, chance: Chance): Partial<Limits> {
  return {
    leaseMs: swarm.leaseMs,
    reaperMs: swarm.leaseMs / 2,
    queuePollMs: Math.max(1_000, swarm.leaseMs / 2),
    retryDelayMs: swarm.leaseMs / 10,
    cancelGraceMs: swarm.leaseMs / 2,
    attemptsMax: swarm.attemptsMax,
    jobDurationS: (swarm.jobMs * chance.scaled(0.5, 20)) / 1000,
    jobAgeMaxDays: 1,
  };
}

/** Looks at the database itself, at instants that nobody in it knows of. */
function inspectAgainAndAgain(
  scheduler: Scheduler,
  { database }: Bench,
  swarm: Swarm,
  troubles: Troubles,
  violate: (says: string) => void,
): void {
  // A reaper comes every half of a lease, give or take a fifth; its statements may wait, for each other and at random.
  const noticedMs = 2 * swarm.leaseMs + 10_000;
  const look = async () => {
    for (const says of await readWrongTallies(database.client)) violate(says);
    if (scheduler.now - troubles.lastMs > noticedMs)
      for (const says of await readForgottenLeases(database, scheduler, noticedMs)) violate(says);
    scheduler.after(2 * swarm.leaseMs, "the database is inspected", look);
  };
  scheduler.after(swarm.leaseMs, "the database is inspected", look);
}

/** Faults do not go on for more than so many times the steps that were asked for. */
const faultyStepsMost = 1.25;

const healingWorkersMost = 2;

/** No seed takes longer to end once all is well: beyond this, something is stuck. */
const healingStepsMax = 30_000;

async function runUntilAllEnded(
  scheduler: Scheduler,
  bench: Bench,
  swarm: Swarm,
  administrator: Administrator,
  done: () => boolean,
): Promise<FinalJob[]> {
  const stepsEnd = scheduler.steps + healingStepsMax;
  for (;;) {
    const open = await readOpenJobs(bench.database.client);
    if ((done() && open.length === 0) || scheduler.steps >= stepsEnd)
      return readFinalJobs(bench.database.client);
    for (const { id, state } of open) if (state === "suspended") void administrator.resume(id);
    const until = scheduler.now + swarm.leaseMs / 4;
    await scheduler.runUntil(() => scheduler.now >= until || scheduler.steps >= stepsEnd);
  }
}

function countTransitions(jobs: readonly FinalJob[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { events } of jobs)
    for (const { transition } of events) counts.set(transition, (counts.get(transition) ?? 0) + 1);
  return counts;
}
