import { type CallTarget, call, failJob, type LeasedJob, Problem } from "@corbenic/protocol";

/** Why a job ends without its result. */
export interface Failure {
  readonly message: string;
  readonly code?: string | undefined;
  /** Whether another attempt could succeed. */
  readonly retryable: boolean;
  /** The result of what was finished. */
  readonly partial?: string | undefined;
}

/**
 * Reports a failure, or that a cancellation was heard. What was finished goes with it; where the cloud refuses just
 * that, the job ends all the same and says so.
 * @throws {Problem} `lease_lost` when the job is no longer this worker's
 */
export async function sendFailure(
  cloud: CallTarget,
  { job_id, lease_token }: Pick<LeasedJob, "job_id" | "lease_token">,
  { message, code, retryable, partial }: Failure,
  signal: AbortSignal,
): Promise<void> {
  const send = async (text: string, results: string | undefined) => {
    const named = code === undefined ? {} : { code };
    const body = { lease_token, message: text.slice(0, 2000), ...named, retryable };
    const found = results === undefined ? {} : { results };
    await call(failJob, cloud, { params: { id: job_id }, body: { ...body, ...found }, signal });
  };
  try {
    await send(message, partial);
  } catch (error) {
    if (partial === undefined || !isRefusedResult(error)) throw error;
    await send(`${message} What it had finished could not be kept: ${error.message}`, undefined);
  }
}

/** The cloud does not take what was found, whoever sends it and however often. */
export function isRefusedResult(error: unknown): error is Problem {
  return error instanceof Problem && (error.code === "invalid_payload" || error.code === "body_too_large");
}
