import { createHash } from "node:crypto";
import { type CallTarget, call, completeJob, type JobErrorCode, stageResult } from "@corbenic/protocol";
import { isRefusedResult, sendFailure } from "./failure.ts";
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
  try {
    await send(cloud, result, signal);
  } catch (error) {
    if (!isRefusedResult(error)) throw error;
    const message = `The cloud refused the result: ${error.message}`;
    await sendFailure(
      cloud,
      result,
      { message, code: "result_refused" satisfies JobErrorCode, retryable: false },
      signal,
    );
  }
}

/** A larger result is sent in parts, so that no request is long and none that fails costs all of it. */
const wholeCharactersMax = 4 * 1024 * 1024;
const partCharacters = 1024 * 1024;

async function send(
  cloud: CallTarget,
  { job_id, lease_token, results }: SpooledResult,
  signal: AbortSignal,
): Promise<void> {
  const params = { id: job_id };
  if (results.length <= wholeCharactersMax) {
    await call(completeJob, cloud, { params, body: { lease_token, results }, signal });
    return;
  }
  for (const [number, part] of partsOf(results).entries())
    await call(stageResult, cloud, { params, body: { lease_token, number, part }, signal });
  const sha256 = createHash("sha256").update(results).digest("hex");
  await call(completeJob, cloud, { params, body: { lease_token, sha256 }, signal });
}

/** Cuts a text where no character is cut in two. */
function partsOf(text: string): string[] {
  const parts: string[] = [];
  for (let from = 0; from < text.length; ) {
    let to = Math.min(from + partCharacters, text.length);
    if (to < text.length && /[\ud800-\udbff]/.test(text[to - 1]!)) to -= 1;
    parts.push(text.slice(from, to));
    from = to;
  }
  return parts;
}
