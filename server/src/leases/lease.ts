import { createHash, randomBytes } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { Problem } from "@corbenic/protocol";
import type { Queryable } from "../database/database.ts";
import { findJobOfWorker } from "./lease-store.ts";

/** Draws the id of a lease: 128 random bits, never the same twice even after a backup is restored. */
export function drawLeaseToken(): string {
  return randomBytes(16).toString("base64url");
}

export function sha256(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

/**
 * Checks that a job is of the platforms that a worker key serves: the token of a lease alone opens nothing.
 * @throws {Problem} `job_not_found`
 */
export async function requireJobOfWorker(db: Queryable, keyId: number, jobId: string): Promise<void> {
  if ((await findJobOfWorker(db, keyId, jobId)) === undefined) throw notOfWorker(jobId);
}

/** Why a report with this lease changed nothing, as the refusal to answer it with. */
export async function explainLostLease(db: Queryable, keyId: number, jobId: string): Promise<Problem> {
  const job = await findJobOfWorker(db, keyId, jobId);
  if (job === undefined) return notOfWorker(jobId);
  return new Problem("lease_lost", `This lease on job ${jobId} is over: the job is ${job.state}.`, {
    detail: { status: job.state },
  });
}

function notOfWorker(jobId: string): Problem {
  return new Problem("job_not_found", `There is no job ${jobId} of this worker's platforms.`, {
    detail: { job_id: jobId },
  });
}

/**
 * Checks what a worker reports before a client may see it: clients act on `job_context`, so it must be the one
 * that was submitted, and absent when that was null.
 * @throws {Problem} `invalid_payload`
 */
export function checkResults(results: string, payload: string): void {
  const parsed = parseObject(results);
  const submitted = (JSON.parse(payload) as Record<string, unknown>).job_context ?? undefined;
  if (!isDeepStrictEqual(parsed.job_context, submitted)) {
    throw refused("The result's job_context is not the one that was submitted.", "results.job_context");
  }
  if (parsed.results === undefined && parsed.results_list === undefined) {
    throw refused("The result has neither results nor results_list.", "results");
  }
}

/**
 * Intermediate results as they are stored.
 * @throws {Problem} `invalid_payload` when they are larger than `bytesMax`, or carry what clients act on
 */
export function checkIntermediateResults(sent: Readonly<Record<string, unknown>>, bytesMax: number): string {
  const path = "intermediate_results";
  if ("job_context" in sent)
    throw refused("Intermediate results carry no job_context.", `${path}.job_context`);
  const text = textOf(sent);
  const bytes = text === undefined ? Number.POSITIVE_INFINITY : Buffer.byteLength(text);
  if (text === undefined || bytes > bytesMax) {
    throw refused(`The intermediate results have ${bytes} bytes: at most ${bytesMax} are kept.`, path);
  }
  return text;
}

/** Undefined where it is nested too deeply to be written. */
function textOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function parseObject(text: string): Record<string, unknown> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw refused("The result is not JSON.", "results", cause);
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) {
    throw refused("The result is not a JSON object.", "results");
  }
  return parsed as Record<string, unknown>;
}

function refused(message: string, path: string, cause?: unknown): Problem {
  return new Problem("invalid_payload", message, { detail: { path }, cause });
}
