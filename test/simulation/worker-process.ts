import { inspect } from "node:util";
import { type LeasedJob, Problem, UnreachableError } from "@corbenic/protocol";
import type { Machine } from "../../worker/src/machine.ts";
import type { Runner } from "../../worker/src/runner.ts";
import { startWorker } from "../../worker/src/worker.ts";
import type { Chance } from "./chance.ts";
import type { Network, Sender } from "./network.ts";
import type { Scheduler } from "./scheduler.ts";
import type { Swarm } from "./swarm.ts";

/** One machine with a worker on it: the real worker, with a pretended simulator. */
export interface WorkerProcess extends Sender {
  readonly alive: boolean;
  start(): void;
  /** Ends where it is, and starts again unless it is to stay away. */
  crash(andReturn?: boolean): void;
  /** Freezes the process for so long: its clock goes on, and it does nothing. */
  pause(ms: number): void;
}

export interface Workshop {
  readonly scheduler: Scheduler;
  readonly chance: Chance;
  readonly network: Network;
  readonly swarm: Swarm;
  readonly resultsOf: (job: LeasedJob) => string;
  /** How long jobs take, in times what they are said to take. */
  readonly pace: () => number;
  /** Told of a job that is run, and of its end as far as this worker is concerned. */
  readonly running: {
    begin(jobId: string, worker: string): void;
    end(jobId: string, worker: string): void;
    /** The worker has died, and all that it ran with it. */
    endAll(worker: string): void;
  };
  /** Told of what no worker should ever do. */
  readonly surprise: (what: string) => void;
}

interface Life {
  over: boolean;
}

export function createWorkerProcess(index: number, key: string, workshop: Workshop): WorkerProcess {
  const name = `worker ${index}`;
  const { scheduler, chance, network, swarm } = workshop;
  const rate = chance.scaled(1 / swarm.faults.clockRate, swarm.faults.clockRate);
  let life: Life = { over: true };
  let frozenUntil = 0;
  let ids = 0;

  /** Lets something happen in this life, when the process is not frozen. */
  function whenAwake(mine: Life, what: string, act: () => void): void {
    if (mine.over) return;
    const leftMs = frozenUntil - scheduler.now;
    if (leftMs > 0) scheduler.after(leftMs, `${what}, late`, () => whenAwake(mine, what, act));
    else act();
  }

  function machineOf(mine: Life): Machine {
    const sender: Sender = { name, receive: (what, act) => whenAwake(mine, what, act) };
    const machine: Machine = {
      now: () => scheduler.now * rate,
      random: chance.next,
      drawId: () => `00000000-0000-4000-9${hex(index, 3)}-${hex(ids++, 12)}`,
      fetch: network.fetchFor(sender),
      sleep: (ms, signal) =>
        new Promise((resolve) => {
          if (signal?.aborted) return resolve();
          const done = () => {
            timer.cancel();
            signal?.removeEventListener("abort", done);
            resolve();
          };
          const timer = scheduler.after(ms / rate, `${name} wakes`, () =>
            whenAwake(mine, `${name} wakes`, done),
          );
          signal?.addEventListener("abort", done, { once: true });
        }),
    };
    return machine;
  }

  /** A worker puts up with what it is told and goes on: what it should never be told is seen here. */
  function watch(detail: object, message: string): void {
    const error = "err" in detail ? detail.err : undefined;
    if (error !== undefined && !isExpected(error))
      workshop.surprise(`${name}: ${message}: ${inspect(error)}`);
  }

  function runnerOf(mine: Life, machine: Machine): Runner {
    return {
      slots: chance.integer(1, 3),
      memoryBytesOf: () => 0,
      async run(job, { signal, onProgress }) {
        const [nature] = job.job_name.split(" ");
        const ms = swarm.jobMs * workshop.pace() * chance.between(0.2, 2);
        const over = () => {
          if (!mine.over) workshop.running.end(job.job_id, name);
        };
        signal.addEventListener("abort", over, { once: true });
        workshop.running.begin(job.job_id, name);
        await machine.sleep(ms / 2, signal);
        onProgress(0.5, "half");
        if (nature === "deadly" && !mine.over) {
          self.crash();
          return new Promise(() => undefined);
        }
        await machine.sleep(ms / 2, signal);
        over();
        // What stops it may come a moment too late.
        if (signal.aborted && !chance.happens(0.4)) return { kind: "stopped" };
        if (nature === "failing")
          return { kind: "failed", message: "It fails.", retryable: chance.happens(0.5) };
        return { kind: "completed", results: workshop.resultsOf(job) };
      },
      close: async () => undefined,
    };
  }

  const self: WorkerProcess = {
    name,
    receive: (what, act) => whenAwake(life, what, act),
    get alive() {
      return !life.over;
    },
    start() {
      life = { over: false };
      const machine = machineOf(life);
      const worker = startWorker({
        url: "http://cloud.test",
        key,
        log: { info: () => undefined, warn: watch, error: watch },
        machine,
        runner: runnerOf(life, machine),
      });
      void worker.ended.then(
        (refusal) => workshop.surprise(`${name} has ended: ${inspect(refusal)}`),
        (error: unknown) => workshop.surprise(`${name} has ended: ${inspect(error)}`),
      );
    },
    crash(andReturn = true) {
      if (life.over) return;
      life.over = true;
      scheduler.note(`${name} crashes`);
      workshop.running.endAll(name);
      if (!andReturn) return;
      scheduler.after(chance.scaled(1, swarm.leaseMs), `${name} starts again`, () => {
        if (life.over) self.start();
      });
    },
    pause(ms) {
      frozenUntil = Math.max(frozenUntil, scheduler.now + ms);
    },
  };
  return self;
}

/** A lease that is over, and a cloud that was not heard: anything else is somebody's mistake. */
function isExpected(error: unknown): boolean {
  if (error instanceof Problem) return error.code === "lease_lost";
  return error instanceof UnreachableError && error.status === undefined;
}

function hex(number: number, digits: number): string {
  return number.toString(16).padStart(digits, "0");
}
