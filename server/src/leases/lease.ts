import { createHash, createHmac, randomBytes } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { Problem } from "@corbenic/protocol";
import type { Queryable } from "../database/database.ts";
import { findStateForWorker } from "./report-store.ts";

/** Draws the id of a lease: 128 random bits, never the same twice even after a backup is restored. */
export function drawLeaseToken(): string {
  return randomBytes(16).toString("base64url");
}

/** A fetch that the worker has named, so that its answer can be given again. */
export interface NamedFetch {
  readonly keyId: number;
  readonly fetchId: string;
}

/** What a named fetch is found by; of another key, or after another id, it is another. */
export function hashFetch({ keyId, fetchId }: NamedFetch): Buffer {
  return sha256(`fetch ${keyId} ${fetchId.toLowerCase()}`);
}

/**
 * The id of a lease that a named fetch was given. It can be derived again, by who has the secret, and is as good as
 * drawn to everybody else; the nonce makes it another one for every lease, however a worker chooses its fetch ids.
 */
export function deriveLeaseToken(fetch: NamedFetch, nonce: Buffer, secret: Buffer): string {
  const mac = createHmac("sha256", secret).update(hashFetch(fetch)).update(nonce).digest();
  return mac.subarray(0, 16).toString("base64url");
}

export function drawNonce(): Buffer {
  return randomBytes(16);
}

export function sha256(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

/** What tells two reports apart: a repeated one has the same. */
export function digestOf(
  verb: "fail" | "release",
  body: { message?: string; retryable?: boolean } = {},
): Buffer {
  return sha256(JSON.stringify([verb, body.message ?? null, body.retryable ?? false]));
}

/**
 * Checks that a job is of the platforms that a worker key serves: the token of a lease alone opens nothing.
 * @throws {Problem} `job_not_found`
 */
export async function requireJobOfWorker(db: Queryable, keyId: number, jobId: string): Promise<void> {
  if ((await findStateForWorker(db, keyId, jobId)) === undefined) throw notOfWorker(jobId);
}

/** Why a report with this lease changed nothing, as the refusal to answer it with. */
export async function explainLostLease(db: Queryable, keyId: number, jobId: string): Promise<Problem> {
  const state = await findStateForWorker(db, keyId, jobId);
  if (state === undefined) return notOfWorker(jobId);
  return new Problem("lease_lost", `This lease on job ${jobId} is over: the job is ${state}.`, {
    detail: { status: state },
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
