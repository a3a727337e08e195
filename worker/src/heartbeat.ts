import { type CallTarget, call, type LeasedJob, Problem, renewLease } from "@corbenic/protocol";
import type { Log } from "./log.ts";

/** A lease that is being kept alive. */
export interface Lease {
  /** Aborts when the job must stop: canceled, taken away, or not renewed for so long that it may have been. */
  readonly over: AbortSignal;
  /** Whether the job was canceled by its owner, so that stopping it must be acknowledged. */
  readonly canceled: boolean;
  /** What the next renewal tells the cloud. */
  readonly noteProgress: (progress: number, phase: string) => void;
  readonly stop: () => void;
}

/** A renewal may fail this often in a row before the lease's own time decides. */
const renewalsPerLease = 4;

/** Beyond this part of the lease without an acknowledged renewal, the worker takes the job as lost. */
const fenceFraction = 0.75;

/**
 * Renews the lease until stopped. The clock is this machine's own and only measures durations: the cloud's
 * clock decides when a lease ends.
 */
export function keepLease(job: LeasedJob, cloud: CallTarget, log: Log): Lease {
  const over = new AbortController();
  const stopped = new AbortController();
  let canceled = false;
  let progress: { progress: number; progress_message: string } | undefined;
  let ttlMs = job.lease_ttl_s * 1000;
  let heardAt = performance.now();

  async function renew(): Promise<void> {
    const sentAt = performance.now();
    try {
      const answer = await call(renewLease, cloud, {
        params: { id: job.job_id },
        body: { lease_token: job.lease_token, ...progress },
        signal: AbortSignal.any([stopped.signal, AbortSignal.timeout(ttlMs / renewalsPerLease)]),
      });
      heardAt = sentAt;
      ttlMs = answer.lease_ttl_s * 1000;
      if (answer.cancel) {
        canceled = true;
        over.abort(new Error("the job was canceled"));
      }
    } catch (error) {
      if (stopped.signal.aborted) return;
      if (error instanceof Problem && (error.code === "lease_lost" || error.code === "job_not_found")) {
        over.abort(error);
        return;
      }
      log.warn({ job: job.job_id, err: error }, "cannot renew the lease, trying again");
      if (performance.now() - heardAt > ttlMs * fenceFraction)
        over.abort(new Error("the lease was not renewed in time"));
    }
  }

  const everyMs = Math.min(ttlMs / renewalsPerLease, longestBeatMs);
  const timer = setInterval(() => {
    if (!over.signal.aborted) void renew();
  }, everyMs);
  return {
    over: over.signal,
    get canceled() {
      return canceled;
    },
    noteProgress: (fraction, phase) => {
      progress = { progress: fraction, progress_message: phase };
    },
    stop: () => {
      clearInterval(timer);
      stopped.abort();
    },
  };
}

/** Renewals also carry progress and bring cancellation, which people wait for. */
const longestBeatMs = 1_000;
