import { type CallTarget, call, completeJob, failJob, Problem } from "@corbenic/protocol";
import type { SpooledResult } from "./spool.ts";

/**
 * Reports a result. One that the cloud refuses ends the job with the reason: another attempt would make the same one.
 * @throws {Problem} `lease_lost` when the job is no longer this worker's
 */
export async function sendResult(
  cloud: CallTarget,
  result: SpooledResult,
  signal: AbortSignal,
): Promise<void> {
  const { job_id, lease_token, results } = result;
  const params = { id: job_id };
  try {
    await call(completeJob, cloud, { params, body: { lease_token, results }, signal });
  } catch (error) {
    if (!(error instanceof Problem && (error.code === "invalid_payload" || error.code === "body_too_large")))
      throw error;
    const message = `The cloud refused the result: ${error.message}`.slice(0, 2000);
    await call(failJob, cloud, { params, body: { lease_token, message, retryable: false }, signal });
  }
}
