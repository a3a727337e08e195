import type { LeasedJob } from "@corbenic/protocol";
import type { Services } from "../app.ts";
import {
  deriveLeaseToken,
  digestOf,
  drawLeaseToken,
  drawNonce,
  hashFetch,
  type NamedFetch,
  sha256,
} from "./lease.ts";
import * as store from "./lease-store.ts";
import { releaseLease } from "./report-store.ts";
import { acquireSoleLease } from "./sole-lease.ts";
import { createTurnstile } from "./turnstile.ts";

export interface Fetch {
  readonly keyId: number;
  readonly platformIds: readonly string[];
  /** Whether the key may have one lease at a time. */
  readonly oneAtATime: boolean;
  readonly fetchId: string | undefined;
  readonly waitMs: number;
  /** Aborts when nobody is there any more to hear the answer. */
  readonly gone: AbortSignal;
}

/** Workers of this process that look at the queue at once: half of the connections to the database. */
export const lookingMax = 10;

/** Makes what answers a worker's fetch: the lease it was given before, the next job, or one that arrives in time. */
export function createFetch({ db, limits, queueSignal, stopping, fetchTurnstile }: Services) {
  const turnstile = fetchTurnstile ?? createTurnstile(lookingMax);
  return async (fetch: Fetch): Promise<LeasedJob | undefined> => {
    const named = fetch.fetchId === undefined ? undefined : { keyId: fetch.keyId, fetchId: fetch.fetchId };
    const secret = named && (await store.readLeaseSecret(db));
    const over = AbortSignal.any([fetch.gone, stopping]);
    const until = queueSignal.now() + fetch.waitMs;

    async function again(): Promise<LeasedJob | undefined> {
      if (named === undefined || secret === undefined) return undefined;
      const row = await store.findFetchedLease(db, hashFetch(named));
      return row && present(row, deriveLeaseToken(named, row.lease_nonce, secret), row.left_ms);
    }

    async function acquire(): Promise<LeasedJob | undefined> {
      const { token, fetched } = newLease(named, secret);
      const { keyId, platformIds } = fetch;
      const hash = sha256(token);
      const lease = { platformIds, keyId, hash, ttlMs: limits.leaseMs, fetched };
      const row = await (fetch.oneAtATime ? acquireSoleLease(db, lease) : store.acquireLease(db, lease));
      if (row === undefined) return undefined;
      if (!fetch.gone.aborted) return present(row, token, limits.leaseMs);
      // Whoever asked has hung up: another worker need not wait until the lease is over.
      const released = await releaseLease(db, { jobId: row.id, hash, digest: digestOf("release") });
      if (released !== undefined) queueSignal.raise(released.platform_id);
      return undefined;
    }

    const before = await again();
    if (before !== undefined) return before;
    while (!over.aborted) {
      const job = await turnstile(acquire).catch((error: unknown) => {
        // The same fetch, sent twice, waits twice: the other one was given a job.
        if (isRepeatedFetch(error)) return again();
        throw error;
      });
      const leftMs = until - queueSignal.now();
      if (job !== undefined) return job;
      if (leftMs <= 0) return fetch.waitMs > 0 ? again() : undefined;
      await queueSignal.wait(fetch.platformIds, leftMs, over);
    }
    return undefined;
  };
}

function newLease(named: NamedFetch | undefined, secret: Buffer | undefined) {
  if (named === undefined || secret === undefined) return { token: drawLeaseToken(), fetched: null };
  const nonce = drawNonce();
  return { token: deriveLeaseToken(named, nonce, secret), fetched: { hash: hashFetch(named), nonce } };
}

function isRepeatedFetch(error: unknown): boolean {
  return error instanceof Error && "constraint" in error && error.constraint === "jobs_fetched";
}

function present(row: store.LeasedRow, token: string, leftMs: number): LeasedJob {
  return {
    job_id: row.id,
    job_name: row.name,
    platform_name: row.platform_name,
    pcvl_version: row.pcvl_version,
    process_id: row.process_id,
    payload: JSON.parse(row.payload) as Record<string, unknown>,
    attempt: row.attempt,
    lease_token: token,
    lease_ttl_s: leftMs / 1000,
    max_duration_s: row.max_duration_s,
  };
}
