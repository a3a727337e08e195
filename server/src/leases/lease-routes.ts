import {
  completeJob,
  failJob,
  fetchJob,
  type LeasedJob,
  Problem,
  releaseLease,
  renewLease,
} from "@corbenic/protocol";
import type { Services } from "../app.ts";
import { type Route, route } from "../http/route.ts";
import { listPlatformIdsOfKey } from "../platforms/platform-store.ts";
import {
  checkIntermediateResults,
  checkResults,
  drawLeaseToken,
  explainLostLease,
  requireJobOfWorker,
  sha256,
} from "./lease.ts";
import * as store from "./lease-store.ts";

export function leaseRoutes({ db, limits, queueSignal, stopping }: Services): Route[] {
  async function acquire(keyId: number, platformIds: readonly string[]): Promise<LeasedJob | undefined> {
    const token = drawLeaseToken();
    const row = await store.acquireLease(db, {
      platformIds,
      keyId,
      hash: sha256(token),
      ttlMs: limits.leaseMs,
    });
    return row && presentLease(row, token, limits.leaseMs);
  }

  /** What an attempt has found is checked like a result; of a lease that is lost it does not count. */
  async function checkPartial(jobId: string, hash: Buffer, results: string) {
    const payload = await store.findLeasedPayload(db, jobId, hash);
    if (payload === undefined) return null;
    checkResults(results, payload);
    return { results, digest: sha256(results) };
  }

  return [
    route(fetchJob, async ({ principal, query, untilGone }) => {
      const platformIds = await listPlatformIdsOfKey(db, principal.credentialId, query.platform_name);
      if (platformIds.length === 0) {
        throw new Problem("platform_not_found", "This worker key serves no such platform.", {
          detail: { platform_name: query.platform_name ?? null },
        });
      }
      const until = Date.now() + (query.wait_s ?? 0) * 1000;
      const over = AbortSignal.any([untilGone(), stopping]);
      while (!over.aborted) {
        const job = await acquire(principal.credentialId, platformIds);
        const leftMs = until - Date.now();
        if (job !== undefined || leftMs <= 0) return job;
        await queueSignal.wait(platformIds, Math.min(leftMs, limits.queuePollMs), over);
      }
      return undefined;
    }),

    route(renewLease, async ({ principal, params, body }) => {
      await requireJobOfWorker(db, principal.credentialId, params.id);
      const state = await store.renewLease(db, {
        jobId: params.id,
        hash: sha256(body.lease_token),
        ttlMs: limits.leaseMs,
        progress: body.progress ?? null,
        message: body.progress_message ?? null,
        intermediateResults:
          body.intermediate_results === undefined
            ? null
            : checkIntermediateResults(body.intermediate_results, limits.intermediateBytesMax),
        intermediateMax: limits.intermediateResultsMax,
      });
      if (state === undefined) throw await explainLostLease(db, principal.credentialId, params.id);
      return { status: state, lease_ttl_s: limits.leaseMs / 1000, cancel: state === "cancel_requested" };
    }),

    route(completeJob, async ({ principal, params, body }) => {
      await requireJobOfWorker(db, principal.credentialId, params.id);
      const hash = sha256(body.lease_token);
      const digest = sha256(body.results);
      const payload = await store.findLeasedPayload(db, params.id, hash);
      if (payload !== undefined) {
        checkResults(body.results, payload);
        const stored = await store.completeJob(db, { jobId: params.id, hash, results: body.results, digest });
        if (stored) return { status: "completed" };
      }
      const job = await store.findJobOfWorker(db, principal.credentialId, params.id);
      if (job?.result_lease?.equals(hash) !== true)
        throw await explainLostLease(db, principal.credentialId, params.id);
      if (job.result_digest?.equals(digest) === true) return { status: "completed" };
      throw new Problem("result_conflict", `Job ${params.id} has another result, reported first.`, {
        detail: {},
      });
    }),

    route(failJob, async ({ principal, params, body }) => {
      await requireJobOfWorker(db, principal.credentialId, params.id);
      const hash = sha256(body.lease_token);
      const failed = await store.failJob(db, {
        jobId: params.id,
        hash,
        partial: body.results === undefined ? null : await checkPartial(params.id, hash, body.results),
        message: body.message,
        retryable: body.retryable ?? false,
        retryDelayMs: limits.retryDelayMs,
      });
      if (failed === undefined) throw await explainLostLease(db, principal.credentialId, params.id);
      return { status: failed.state };
    }),

    route(releaseLease, async ({ principal, params, body }) => {
      await requireJobOfWorker(db, principal.credentialId, params.id);
      const released = await store.releaseLease(db, { jobId: params.id, hash: sha256(body.lease_token) });
      if (released === undefined) throw await explainLostLease(db, principal.credentialId, params.id);
      queueSignal.raise(released.platform_id);
      return { status: released.state };
    }),
  ];
}

function presentLease(row: store.LeasedRow, token: string, leaseMs: number): LeasedJob {
  return {
    job_id: row.id,
    job_name: row.name,
    platform_name: row.platform_name,
    pcvl_version: row.pcvl_version,
    process_id: row.process_id,
    payload: JSON.parse(row.payload) as Record<string, unknown>,
    attempt: row.attempt,
    lease_token: token,
    lease_ttl_s: leaseMs / 1000,
    max_duration_s: row.max_duration_s,
  };
}
