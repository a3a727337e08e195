import { setTimeout as sleep } from "node:timers/promises";
import { type CallTarget, call, fetchJob, type LeasedJob } from "@corbenic/protocol";
import type { Log } from "./log.ts";
import { runJob } from "./run-job.ts";
import type { SimulationThread } from "./simulation-thread-client.ts";

export interface LeaseLoop {
  readonly cloud: CallTarget;
  readonly thread: SimulationThread;
  readonly log: Log;
  readonly stopping: AbortSignal;
}

/** How long one fetch waits for a job; the next follows at once. */
const fetchWaitS = 20;
const firstPauseMs = 250;
const longestPauseMs = 15_000;

/** Takes jobs one after another until told to stop. A cloud that is away is asked again, ever more rarely. */
export async function runLeaseLoop(loop: LeaseLoop): Promise<void> {
  let pauseMs = firstPauseMs;
  while (!loop.stopping.aborted) {
    try {
      const job = await fetchNext(loop);
      pauseMs = firstPauseMs;
      if (job !== undefined) await runJob(job, loop);
    } catch (error) {
      if (loop.stopping.aborted) return;
      loop.log.warn({ err: error, retry_ms: pauseMs }, "cannot fetch a job, trying again");
      await sleep(pauseMs * (0.5 + Math.random()), undefined, { signal: loop.stopping }).catch(stopped);
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    }
  }
}

function fetchNext({ cloud, stopping }: LeaseLoop): Promise<LeasedJob | undefined> {
  return call(fetchJob, cloud, { query: { wait_s: fetchWaitS }, signal: stopping });
}

/** A sleep that is cut short rejects; the loop's own condition then ends it. */
function stopped(reason: unknown): void {
  if (!(reason instanceof Error && reason.name === "AbortError")) throw reason;
}
