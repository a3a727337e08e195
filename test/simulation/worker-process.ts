import type { Machine } from "../../worker/src/machine.ts";
import type { Runner } from "../../worker/src/runner.ts";
import { type RunningWorker, startWorker } from "../../worker/src/worker.ts";
import type { Chance } from "./chance.ts";
import type { Network, Sender } from "./network.ts";
import type { Scheduler } from "./scheduler.ts";
import type { Swarm } from "./swarm.ts";

/** One machine with a worker on it: the real worker, with a pretended simulator. */
export interface WorkerProcess extends Sender {
  readonly alive: boolean;
  start(): void;
  crash(): void;
  /** Freezes the process for so long: its clock goes on, and it does nothing. */
  pause(ms: number): void;
}

export interface Workshop {
  readonly scheduler: Scheduler;
  readonly chance: Chance;
  readonly network: Network;
  readonly swarm: Swarm;
  /** Told of each job that a worker begins. */
  readonly onRun: (jobId: string, attempt: number, worker: WorkerProcess) => void;
  /** How the job ends when it is run: by its nature, which its name tells. */
  readonly resultsOf: (jobId: string, attempt: number) => string;
}

interface Life {
  over: boolean;
}

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

export function createWorkerProcess(index: number, key: string, workshop: Workshop): WorkerProcess {
  const name = `worker ${index}`;
  const { scheduler, chance, network, swarm } = workshop;
  const rate = chance.scaled(1 / swarm.faults.clockRate, swarm.faults.clockRate);
  let life: Life = { over: true };
  let frozenUntil = 0;
  let worker: RunningWorker | undefined;
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
    return {
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
  }

  function runnerOf(mine: Life, machine: Machine): Runner {
    return {
      slots: chance.integer(1, 3),
      memoryBytesOf: () => 0,
      async run(job, { signal, onProgress }) {
        workshop.onRun(job.job_id, job.attempt, self);
        const ms = swarm.jobMs * chance.between(0.2, 2);
        await machine.sleep(ms / 2, signal);
        onProgress(0.5, "half");
        if (job.job_name === "deadly" && !mine.over) {
          self.crash();
          return new Promise(() => undefined);
        }
        await machine.sleep(ms / 2, signal);
        if (signal.aborted) return { kind: "stopped" };
        if (job.job_name === "failing")
          return { kind: "failed", message: "It fails.", retryable: chance.happens(0.5) };
        return { kind: "completed", results: workshop.resultsOf(job.job_id, job.attempt) };
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
      worker = startWorker({
        url: "http://cloud.test",
        key,
        log: silent,
        machine,
        runner: runnerOf(life, machine),
      });
      void worker.ended;
    },
    crash() {
      if (life.over) return;
      life.over = true;
      scheduler.note(`${name} crashes`);
      scheduler.after(chance.scaled(1, swarm.leaseMs), `${name} starts again`, () => self.start());
    },
    pause(ms) {
      frozenUntil = Math.max(frozenUntil, scheduler.now + ms);
    },
  };
  return self;
}

function hex(number: number, digits: number): string {
  return number.toString(16).padStart(digits, "0");
}
