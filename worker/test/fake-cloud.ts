import type { LeasedJob } from "@corbenic/protocol";
import type { Log } from "../src/log.ts";
import type { Outcome, Runner, RunOptions } from "../src/runner.ts";
import { type RunningWorker, startWorker, type WorkerOptions } from "../src/worker.ts";
import { createVirtualMachine, type VirtualMachine } from "./virtual-machine.ts";

/** What a worker has sent: the last word of the path, and the body or query. */
export interface Sent {
  readonly verb: string;
  readonly jobId: string | undefined;
  readonly body: Record<string, unknown>;
  readonly at: number;
}

export type Answer = { readonly status: number; readonly body?: object } | "no answer" | "hangs";

/** How the fake cloud answers; `undefined` for its usual answer. */
export type Behaviour = (sent: Sent) => Answer | undefined;

export interface FakeRun extends RunOptions {
  readonly job: LeasedJob;
  readonly end: (outcome: Outcome) => void;
}

/** A worker in virtual time, the cloud it talks to, and the jobs it runs. */
export interface WorkerBench {
  readonly machine: VirtualMachine;
  readonly worker: RunningWorker;
  readonly sent: Sent[];
  readonly runs: FakeRun[];
  /** Jobs that the next fetches are given. */
  readonly queue: LeasedJob[];
  readonly verbs: () => string[];
}

export function jobNumber(number: number, changes: Partial<LeasedJob> = {}): LeasedJob {
  return {
    job_id: `3f0f1c1e-7c1b-4f43-9a53-${String(number).padStart(12, "0")}`,
    job_name: "test",
    platform_name: "sim:test",
    pcvl_version: null,
    process_id: null,
    payload: {},
    attempt: 1,
    lease_token: "A".repeat(22),
    lease_ttl_s: 60,
    max_duration_s: 3600,
    ...changes,
  };
}

export const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

export function problem(status: number, code: string, detail: object = {}): Answer {
  return { status, body: { error: "Refused.", code, detail, request_id: "r" } };
}

export interface BenchOptions extends Partial<WorkerOptions> {
  readonly jobs?: readonly LeasedJob[];
  readonly behaviour?: Behaviour;
  readonly slots?: number;
  readonly bytesOf?: (job: LeasedJob) => number;
}

export function startBench({
  jobs = [],
  behaviour,
  slots = 1,
  bytesOf,
  ...options
}: BenchOptions): WorkerBench {
  const sent: Sent[] = [];
  const runs: FakeRun[] = [];
  const queue = [...jobs];
  const machine = createVirtualMachine(fetchFrom);

  async function fetchFrom(input: unknown, init?: RequestInit): Promise<Response> {
    const url = new URL(String(input));
    const parts = url.pathname.split("/");
    const request: Sent = {
      verb: parts.length > 3 ? parts.at(-1)! : "fetch",
      jobId: parts[3],
      body:
        typeof init?.body === "string"
          ? (JSON.parse(init.body) as Record<string, unknown>)
          : Object.fromEntries(url.searchParams),
      at: machine.now(),
    };
    sent.push(request);
    const answer = behaviour?.(request) ?? usualAnswer(request);
    if (answer === "no answer") throw new TypeError("connection refused");
    if (answer === "hangs") return untilAborted(init?.signal ?? undefined);
    const body = answer.body === undefined ? null : JSON.stringify(answer.body);
    return new Response(body, { status: answer.status });
  }

  function usualAnswer({ verb }: Sent): Answer {
    if (verb === "heartbeat")
      return { status: 200, body: { status: "running", lease_ttl_s: 60, cancel: false } };
    if (verb !== "fetch") return { status: 200, body: { status: "completed" } };
    const job = queue.shift();
    return job === undefined ? "hangs" : { status: 200, body: job };
  }

  const runner: Runner = {
    slots,
    memoryBytesOf: bytesOf ?? (() => 0),
    run(job, run) {
      return new Promise((end) => {
        runs.push({ ...run, job, end });
        run.signal.addEventListener("abort", () => end({ kind: "stopped" }), { once: true });
      });
    },
    close: async () => undefined,
  };
  const worker = startWorker({
    url: "http://cloud.test",
    key: "key",
    log: silent,
    machine,
    runner,
    ...options,
  });
  return { machine, worker, sent, runs, queue, verbs: () => sent.map(({ verb }) => verb) };
}

function untilAborted(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}
