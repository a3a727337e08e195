import {
  type CallTarget,
  call,
  fetchJob,
  type LeasedJob,
  Problem,
  UnreachableError,
} from "@corbenic/protocol";
import { createBackoff, isRefusal } from "./backoff.ts";
import type { Log } from "./log.ts";
import { deadline, type Machine } from "./machine.ts";
import type { MemoryBudget } from "./memory-budget.ts";
import { runJob } from "./run-job.ts";
import type { Runner } from "./runner.ts";
import type { Spool } from "./spool.ts";

/** What the loops of one worker share. */
export interface LeaseLoop {
  readonly cloud: CallTarget;
  readonly machine: Machine;
  readonly runner: Runner;
  readonly memory: MemoryBudget;
  readonly spool: Spool;
  readonly log: Log;
  /** Only jobs of this one of the key's platforms. */
  readonly platform: string | undefined;
  /** Aborts when no more jobs are to be taken. */
  readonly stopping: AbortSignal;
  /** Aborts when those that still run are to be handed back. */
  readonly leaving: AbortSignal;
  /** Aborts when reports that are not heard are to be given up. */
  readonly gone: AbortSignal;
}

/** How long one fetch waits for a job; the next follows at once. */
const fetchWaitS = 20;
/** How much longer the answer may take. */
const fetchGraceMs = 10_000;

/**
 * Takes jobs as long as there is room for them, until told to stop, and waits for those it runs. A cloud that is away
 * is asked again, ever more rarely.
 * @returns why the cloud does not want this worker, when it does not
 */
export async function runLeaseLoop(loop: LeaseLoop): Promise<Problem | undefined> {
  const { machine, log, stopping, runner, memory } = loop;
  const backoff = createBackoff(machine);
  const running = new Set<Promise<void>>();
  let fetchId = machine.drawId();
  let refusal: Problem | undefined;
  while (!stopping.aborted && refusal === undefined) {
    if (running.size >= runner.slots || (memory.contended && running.size > 0)) {
      await Promise.race(running);
      continue;
    }
    await runner.untilReady?.(stopping);
    if (stopping.aborted) break;
    try {
      const job = await fetchNext(loop, fetchId);
      backoff.reset();
      fetchId = machine.drawId();
      if (job === undefined) continue;
      const run = runJob(job, loop).finally(() => running.delete(run));
      running.add(run);
    } catch (error) {
      if (stopping.aborted) break;
      if (isUnwelcome(error)) refusal = error;
      else {
        log.warn({ err: error }, "cannot fetch a job, trying again");
        // The same id again: if the cloud has leased a job and the answer was lost, it is answered once more.
        await backoff.pause(error, stopping);
      }
    }
  }
  if (refusal !== undefined) log.error({ err: refusal }, "the cloud refuses this worker");
  await Promise.all(running);
  return refusal;
}

async function fetchNext(
  { cloud, machine, stopping, platform }: LeaseLoop,
  fetchId: string,
): Promise<LeasedJob | undefined> {
  const late = () => new UnreachableError("the cloud did not answer a fetch in time");
  const limit = deadline(machine, fetchWaitS * 1000 + fetchGraceMs, late, [stopping]);
  try {
    return await call(fetchJob, cloud, {
      query: {
        wait_s: fetchWaitS,
        fetch_id: fetchId,
        ...(platform === undefined ? {} : { platform_name: platform }),
      },
      signal: limit.signal,
    });
  } finally {
    limit.clear();
  }
}

/** A key that is not valid, or not a worker's, does not become so by waiting. */
function isUnwelcome(error: unknown): error is Problem {
  return isRefusal(error) && error instanceof Problem && error.code !== "platform_not_found";
}
