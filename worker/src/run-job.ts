import {
  type CallTarget,
  call,
  type JobErrorCode,
  type LeasedJob,
  Problem,
  releaseLease,
  UnreachableError,
} from "@corbenic/protocol";
import { sendFailure } from "./failure.ts";
import { keepLease, type Lease } from "./heartbeat.ts";
import type { LeaseLoop } from "./lease-loop.ts";
import { deadline, type Machine } from "./machine.ts";
import { reportUntilHeard } from "./report.ts";
import { sendResult } from "./result.ts";
import type { Outcome } from "./runner.ts";

/** Runs one leased job and reports how it ended, unless the lease is lost on the way. */
export async function runJob(job: LeasedJob, loop: LeaseLoop): Promise<void> {
  const { log, machine, leaving } = loop;
  const begunAt = machine.now();
  const lease = keepLease(job, loop);
  const limit = deadline(machine, job.max_duration_s * 1000, () => new Error("the time is over"));
  const stop = AbortSignal.any([lease.over, limit.signal, leaving]);
  log.info({ job: job.job_id, platform: job.platform_name, attempt: job.attempt }, "job started");
  try {
    const outcome = await run(job, stop, lease, loop);
    limit.clear();
    const ending =
      outcome.kind === "stopped" ? endingOf(job, outcome.partial, lease, limit.signal, leaving) : outcome;
    if (ending === undefined) {
      log.warn({ job: job.job_id, reason: lease.why }, "job stopped: it is left to another attempt");
      return;
    }
    await report(ending, job, lease, loop);
    log.info({ job: job.job_id, outcome: ending.kind, ms: Math.round(machine.now() - begunAt) }, "job ended");
  } catch (error) {
    log.warn({ job: job.job_id, err: error }, "job left to another attempt");
  } finally {
    limit.clear();
    lease.stop();
  }
}

async function run(job: LeasedJob, stop: AbortSignal, lease: Lease, loop: LeaseLoop): Promise<Outcome> {
  const { runner, memory } = loop;
  const bytes = runner.memoryBytesOf(job);
  if (bytes > memory.bytesMax) {
    const message = `The job needs about ${megabytes(bytes)} of memory and this worker has ${megabytes(memory.bytesMax)}.`;
    return { kind: "failed", message, code: "worker_too_small" satisfies JobErrorCode, retryable: true };
  }
  const giveBack = await memory.reserve(bytes, stop).catch((reason: unknown) => {
    if (!stop.aborted) throw reason;
  });
  if (giveBack === undefined) return { kind: "stopped" };
  try {
    return await runner.run(job, { signal: stop, onProgress: lease.noteProgress });
  } finally {
    giveBack();
  }
}

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 2 ** 20)} MiB`;
}

type Ending =
  | Exclude<Outcome, { kind: "stopped" }>
  | { readonly kind: "canceled"; readonly partial: string | undefined }
  | { readonly kind: "released" };

/** What to tell of a job that was stopped, by why it was; nothing when it is no longer this worker's. */
function endingOf(
  job: LeasedJob,
  partial: string | undefined,
  lease: Lease,
  limit: AbortSignal,
  leaving: AbortSignal,
): Ending | undefined {
  if (lease.why === "canceled") return { kind: "canceled", partial };
  if (lease.why !== undefined) return undefined;
  if (limit.aborted) {
    const message = `It ran longer than the ${job.max_duration_s} seconds it may.`;
    const failed = {
      kind: "failed",
      message,
      code: "too_long" satisfies JobErrorCode,
      retryable: false,
    } as const;
    return { ...failed, ...(partial === undefined ? {} : { partial }) };
  }
  return leaving.aborted ? { kind: "released" } : undefined;
}

async function report(ending: Ending, job: LeasedJob, lease: Lease, loop: LeaseLoop): Promise<void> {
  const { cloud, machine, spool, log, gone } = loop;
  const giveUp = AbortSignal.any([untilLost(lease), gone]);
  let spooled = false;
  const onUnheard = () => {
    if (ending.kind === "completed") spooled = spool.keep(job, ending.results);
  };
  try {
    await reportUntilHeard(() => send(ending, job, cloud, machine), { machine, log, giveUp, onUnheard });
    if (spooled) spool.forget(job.job_id);
  } catch (error) {
    if (spooled && (error instanceof Problem || lease.why === "lost")) spool.forget(job.job_id);
    throw error;
  }
}

/** The cloud has said that nobody waits for this job's report. */
function untilLost(lease: Lease): AbortSignal {
  if (lease.why === "lost") return AbortSignal.abort();
  const lost = new AbortController();
  lease.over.addEventListener("abort", () => lease.why === "lost" && lost.abort(), { once: true });
  return lost.signal;
}

async function send(ending: Ending, job: LeasedJob, cloud: CallTarget, machine: Machine): Promise<void> {
  const late = () => new UnreachableError("the cloud did not answer a report in time");
  const limit = deadline(machine, reportMs, late);
  try {
    if (ending.kind === "completed")
      await sendResult(cloud, { ...job, results: ending.results }, limit.signal);
    else if (ending.kind === "failed") await sendFailure(cloud, job, ending, limit.signal);
    else if (ending.kind === "canceled") {
      const stopped = { message: "Stopped on request.", retryable: false, partial: ending.partial };
      await sendFailure(cloud, job, stopped, limit.signal);
    } else {
      const { job_id, lease_token } = job;
      await call(releaseLease, cloud, {
        params: { id: job_id },
        body: { lease_token },
        signal: limit.signal,
      });
    }
  } finally {
    limit.clear();
  }
}

/** A large result takes a while on a slow line; a cloud that has gone is noticed all the same. */
const reportMs = 60_000;
