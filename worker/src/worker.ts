import type { CallTarget } from "@corbenic/protocol";
import { runLeaseLoop } from "./lease-loop.ts";
import type { Log } from "./log.ts";
import { createSimulationThread } from "./simulation-thread-client.ts";

export interface WorkerOptions {
  /** The cloud's URL. */
  readonly url: string;
  /** The worker key: it decides whose platforms' jobs are taken. */
  readonly key: string;
  readonly log: Log;
}

export interface RunningWorker {
  /** Takes no more jobs, hands back the one it runs, and ends. */
  stop(): Promise<void>;
}

/** Starts a simulator worker: it takes one job after another and computes each in a thread of its own. */
export function startWorker({ url, key, log }: WorkerOptions): RunningWorker {
  const stopping = new AbortController();
  const cloud: CallTarget = { baseUrl: url, token: key };
  const thread = createSimulationThread();
  const ended = runLeaseLoop({ cloud, thread, log, stopping: stopping.signal });
  return {
    async stop() {
      stopping.abort();
      await ended;
      await thread.close();
    },
  };
}
