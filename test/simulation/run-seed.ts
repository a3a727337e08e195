import { inspect } from "node:util";
import { isTerminal } from "@corbenic/protocol";
import type { Limits } from "../../server/src/config.ts";
import { verifyLifecycle } from "../../server/src/maintenance/verify-lifecycle.ts";
import type { ApiProcess } from "./api-process.ts";
import type { Bench } from "./bench.ts";
import type { Chance } from "./chance.ts";
import { createHistory, type FinalJob, type History } from "./history.ts";
import { createNetwork, type Network } from "./network.ts";
import { liveAsOwner } from "./owner.ts";
import { createScheduler, type Scheduler } from "./scheduler.ts";
import { drawSwarm, type Faults, type Swarm } from "./swarm.ts";
import { createWorkerProcess, type WorkerProcess } from "./worker-process.ts";

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

/** Everything is well again: whatever is still wrong then has been lost for good. */
const noFaults: Faults = {
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
  suspends: 0,
};

/** Lives through one seed: faults for at least so many steps, then none, until every job has ended. */
export async function runSeed(bench: Bench, seed: number, stepsMin: number): Promise<SeedOutcome> {
  const { swarm, chance } = drawSwarm(seed, stepsMin);
  const scheduler = createScheduler(chance);
  await bench.database.reset();
  const history = createHistory();
  const apis = bench.apis.slice(0, swarm.apis);
  const network = createNetwork(scheduler, chance, apis, swarm.faults);
  network.onAnswer = history.answered;
  const setting = { scheduler, chance, database: bench.database, limits: limitsOf(swarm, chance) };
  const crashAtStatement =
    swarm.faults.apiCrashMs === Number.POSITIVE_INFINITY ? 0 : chance.scaled(1e-4, 1e-2);
  for (const api of apis) {
    api.begin({
      ...setting,
      get crashAtStatement() {
        return network.faults === swarm.faults ? crashAtStatement : 0;
      },
    });
    api.start();
  }
  let results = 0;
  const workers = Array.from({ length: swarm.workers }, (_, index) =>
    createWorkerProcess(index, bench.workerKeys[index % bench.workerKeys.length]!, {
      scheduler,
      chance,
      network,
      swarm,
      onRun: (jobId, attempt) => history.ran(jobId, attempt),
      resultsOf: () => JSON.stringify({ results: `:PCVL:BSCount:{|1,1>=${++results}}`, global_perf: 1 }),
    }),
  );
  for (const worker of workers) worker.start();
  const owners = bench.jobTokens.slice(0, swarm.owners).map((token, owner) => {
    const jobs = Math.ceil(swarm.jobs / swarm.owners);
    return liveAsOwner(`owner ${owner}`, token, jobs, { scheduler, chance, network, history, swarm });
  });
  let everybodyDone = false;
  let ownerFailed: { readonly error: unknown } | undefined;
  void Promise.all(owners).then(
    () => {
      everybodyDone = true;
    },
    (error: unknown) => {
      ownerFailed = { error };
    },
  );
  causeFaults(scheduler, chance, apis, workers, network, bench);

  const faultsMs = chance.between(2, 6) * (swarm.leaseMs + swarm.jobMs);
  const enough = () => scheduler.now >= faultsMs || scheduler.steps >= stepsMin * faultyStepsMost;
  await scheduler.runUntil(() => scheduler.steps >= stepsMin && enough());
  network.faults = noFaults;
  for (const api of apis) if (!api.alive) api.start();
  for (const worker of workers) if (!worker.alive) worker.start();
  const rows = await runUntilAllEnded(
    scheduler,
    bench,
    swarm,
    () => everybodyDone || ownerFailed !== undefined,
  );

  history.close(rows);
  const { findings } = await verifyLifecycle(bench.database.client);
  const violations = [
    ...history.violations,
    ...(ownerFailed === undefined ? [] : [`an owner did not expect: ${inspect(ownerFailed.error)}`]),
    ...findings.map(({ jobId, says }) => `I13: job ${jobId}: ${says}`),
  ];
  for (const api of apis) api.begin(setting as Parameters<ApiProcess["begin"]>[0]);
  return {
    seed,
    steps: scheduler.steps,
    traceHash: scheduler.traceHash(),
    violations,
    transitions: await countTransitions(bench),
    refusals: history.refusals,
    recent: scheduler.recent,
    swarm,
  };
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
  };
}

/** Processes that die and come back, workers that freeze, and a clock of the database that jumps. */
function causeFaults(
  scheduler: Scheduler,
  chance: Chance,
  apis: readonly ApiProcess[],
  workers: readonly WorkerProcess[],
  network: Network,
  { database }: Bench,
): void {
  const faults = network.faults;
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
  for (const api of apis) {
    const revive = () => {
      if (!api.alive) api.start();
      scheduler.after(faults.apiCrashMs / 4, `${api.name} is looked after`, revive);
    };
    if (faults.apiCrashMs !== Number.POSITIVE_INFINITY) scheduler.after(faults.apiCrashMs / 4, "", revive);
  }
  everyNowAndThen(faults.workerCrashMs, "a worker is killed", () => chance.pick(workers).crash());
  everyNowAndThen(faults.workerPauseMs, "a worker freezes", () =>
    chance.pick(workers).pause(chance.scaled(faults.workerPauseMs / 20, faults.workerPauseMs * 2)),
  );
  everyNowAndThen(faults.clockJumpMs, "the clock jumps", () => {
    database.skewMs += (chance.happens(0.5) ? 1 : -1) * chance.scaled(1_000, faults.clockJumpMs);
  });
}

/** Faults do not go on for more than so many times the steps that were asked for. */
const faultyStepsMost = 2;

/** No seed takes longer to end once all is well: beyond this, something is stuck. */
const healingStepsMax = 60_000;

async function runUntilAllEnded(
  scheduler: Scheduler,
  bench: Bench,
  swarm: Swarm,
  done: () => boolean,
): Promise<FinalJob[]> {
  const stepsEnd = scheduler.steps + healingStepsMax;
  for (;;) {
    const rows = await readFinal(bench);
    if ((done() && rows.every(({ state }) => isTerminal(state))) || scheduler.steps >= stepsEnd) return rows;
    const until = scheduler.now + swarm.leaseMs / 2 + swarm.jobMs;
    await scheduler.runUntil(() => scheduler.now >= until || scheduler.steps >= stepsEnd);
  }
}

async function readFinal({ database }: Bench): Promise<FinalJob[]> {
  const { rows } = await database.client.query<FinalJob>(
    `select j.id, j.state, j.attempt, j.attempts_counted, j.attempts_max, r.results
       from jobs j left join job_results r on r.job_id = j.id order by j.id`,
  );
  return rows;
}

async function countTransitions({ database }: Bench): Promise<Map<string, number>> {
  const { rows } = await database.client.query<{ name: string; n: number }>(
    "select transition as name, count(*)::int as n from job_events group by 1",
  );
  return new Map(rows.map(({ name, n }) => [name, n]));
}

export type { History };
