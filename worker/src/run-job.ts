import {
  type CallTarget,
  call,
  completeJob,
  failJob,
  type LeasedJob,
  Problem,
  releaseLease,
} from "@corbenic/protocol";
import { keepLease, type Lease } from "./heartbeat.ts";
import type { LeaseLoop } from "./lease-loop.ts";
import { reportUntilHeard } from "./report.ts";
import type { Outcome } from "./simulation-thread.ts";

/** Runs one leased job and reports how it ended, unless the lease is lost on the way. */
export async function runJob(job: LeasedJob, loop: LeaseLoop): Promise<void> {
  const { cloud, thread, log, stopping } = loop;
  const lease = keepLease(job, cloud, log);
  const abort = AbortSignal.any([lease.over, stopping]);
  log.info({ job: job.job_id, platform: job.platform_name, attempt: job.attempt }, "job started");
  try {
    const outcome = await thread.run(job.payload, { signal: abort, onProgress: lease.noteProgress });
    await reportUntilHeard(() => report(outcome, job, lease, loop), { log, lease });
    log.info({ job: job.job_id, outcome: outcome.kind }, "job ended");
  } catch (error) {
    log.warn({ job: job.job_id, err: error }, "job left to another attempt");
  } finally {
    lease.stop();
  }
}

async function report(
  outcome: Outcome,
  job: LeasedJob,
  lease: Lease,
  { cloud, stopping }: LeaseLoop,
): Promise<void> {
  const params = { id: job.job_id };
  const { lease_token } = job;
  if (outcome.kind === "completed") {
    await complete(cloud, job, outcome.results);
  } else if (outcome.kind === "failed") {
    await fail(cloud, job, outcome.message, outcome.retryable);
  } else if (lease.canceled) {
    await fail(cloud, job, "Stopped on request.", false);
  } else if (stopping.aborted) {
    await call(releaseLease, cloud, { params, body: { lease_token } });
  }
}

/** A result that the cloud refuses ends the job with the reason: another attempt would make the same one. */
async function complete(cloud: CallTarget, job: LeasedJob, results: string): Promise<void> {
  const body = { lease_token: job.lease_token, results };
  try {
    await call(completeJob, cloud, { params: { id: job.job_id }, body });
  } catch (error) {
    if (!(error instanceof Problem && (error.code === "invalid_payload" || error.code === "body_too_large")))
      throw error;
    await fail(cloud, job, `The cloud refused the result: ${error.message}`, false);
  }
}

async function fail(cloud: CallTarget, job: LeasedJob, message: string, retryable: boolean): Promise<void> {
  const body = { lease_token: job.lease_token, message: message.slice(0, 2000), retryable };
  try {
    await call(failJob, cloud, { params: { id: job.job_id }, body });
  } catch (error) {
    // The job has ended otherwise: there is nothing left to report.
    if (!(error instanceof Problem && error.code === "lease_lost")) throw error;
  }
}
