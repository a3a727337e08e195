import { createHash } from "node:crypto";
import { Problem } from "@corbenic/protocol";
import type { Queryable } from "../database/database.ts";
import { findKeyedJob, type KeyedRequest } from "./idempotency-store.ts";

/**
 * The request as its key stands for it: the operation and everything it was asked.
 * @throws {Problem} `invalid_request` when it is nested more deeply than can be read
 */
export function keyedRequest(
  userId: number,
  key: string | undefined,
  asked: Readonly<Record<string, unknown>>,
): KeyedRequest | undefined {
  if (key === undefined) return undefined;
  return { userId, key, hash: createHash("sha256").update(textOf(asked)).digest() };
}

function textOf(asked: Readonly<Record<string, unknown>>): string {
  try {
    return JSON.stringify(asked);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new Problem("invalid_request", "The request is nested more deeply than can be read.", { cause });
  }
}

/**
 * The job that this very request has made before, if it has. Refusals are not kept: a request that was refused
 * may be sent again with its key.
 * @throws {Problem} `idempotency_key_reused` when the key was given with another request
 */
export async function findReplay(
  db: Queryable,
  request: KeyedRequest | undefined,
): Promise<string | undefined> {
  if (request === undefined) return undefined;
  const made = await findKeyedJob(db, request);
  if (made === undefined) return undefined;
  if (made.request_hash.equals(request.hash)) return made.job_id;
  throw new Problem("idempotency_key_reused", "This Idempotency-Key was given with another request before.", {
    detail: { idempotency_key: request.key },
  });
}
