import { isDeepStrictEqual } from "node:util";
import type { PhotonicJob } from "../../src/model/index.ts";
import { BadPayload, decodePayload, encodePayload } from "../../src/perceval/index.ts";

/**
 * Reads a payload that may be anything.
 * @returns the code of its refusal, or `accepted` for one that also writes and reads again without loss
 * @throws what must never be thrown, whatever the payload
 */
export function checkHostile(payload: unknown): string {
  let job: PhotonicJob;
  try {
    job = decodePayload(payload);
  } catch (error) {
    if (error instanceof BadPayload) return error.code;
    throw error;
  }
  const again = decodePayload(encodePayload(job));
  if (!isDeepStrictEqual(withoutSent(again), withoutSent(job)))
    throw new Error("what was accepted did not read back as it was");
  return "accepted";
}

/** What clients of before 1.0 sent for a step cannot stand in a payload of 1.1 in every respect. */
function withoutSent(job: PhotonicJob): PhotonicJob {
  return { ...job, iterations: job.iterations.map((step) => ({ ...step, sent: {} })) };
}
