import {
  completeJob,
  failJob,
  fetchJob,
  type JobState,
  Problem,
  releaseLease,
  renewLease,
  stageResult,
} from "@corbenic/protocol";
import type { Services } from "../app.ts";
import { type Route, route } from "../http/route.ts";
import { listPlatformsOfKey } from "../platforms/platform-store.ts";
import { createFetch } from "./fetch.ts";
import { checkIntermediateResults, checkResults, digestOf, explainLostLease, sha256 } from "./lease.ts";
import * as store from "./report-store.ts";
import { readReportedResults } from "./reported-results.ts";
import { leaseOfReport } from "./sole-lease.ts";
import { stagePart } from "./staging-store.ts";

export function leaseRoutes(services: Services): Route[] {
  const { db, limits, queueSignal, random = Math.random } = services;
  const fetchNext = createFetch(services);

  /** Answers a report that changed nothing: as the first time when it is a repeated one, else with the refusal. */
  async function answerLate(
    keyId: number,
    jobId: string,
    hash: Buffer,
    digest: Buffer,
  ): Promise<{ status: JobState }> {
    const first = await store.findReport(db, jobId, hash);
    if (first?.digest.equals(digest) === true) return { status: first.to_state };
    if (first?.to_state === "completed") {
      throw new Problem(
        "result_conflict",
        `Job ${jobId} has another outcome under this lease, reported first.`,
        {
          detail: { status: first.to_state },
        },
      );
    }
    throw await explainLostLease(db, keyId, jobId);
  }

  /** What an attempt has found is checked like a result; of a lease that is lost it does not count. */
  async function checkPartial(keyId: number, jobId: string, hash: Buffer, results: string) {
    const payload = await store.findLeasedPayload(db, keyId, jobId, hash);
    if (payload === undefined) return null;
    checkResults(results, payload);
    return { results, digest: sha256(results) };
  }

  return [
    route(fetchJob, async ({ principal, query, untilGone }) => {
      const platforms = await listPlatformsOfKey(db, principal.credentialId, query.platform_name);
      if (platforms.length === 0) {
        throw new Problem("platform_not_found", "This worker key serves no such platform.", {
          detail: { platform_name: query.platform_name ?? null },
        });
      }
      return fetchNext({
        keyId: principal.credentialId,
        platformIds: platforms.map(({ id }) => id),
        oneAtATime: platforms.some(({ legacy_single }) => legacy_single),
        fetchId: query.fetch_id,
        waitMs: (query.wait_s ?? 0) * 1000,
        gone: untilGone(),
      });
    }),

    route(renewLease, async ({ principal, params, body }) => {
      const hash = await leaseOfReport(db, principal.credentialId, params.id, body.lease_token);
      const state = await store.renewLease(db, {
        keyId: principal.credentialId,
        jobId: params.id,
        hash,
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

    route(stageResult, async ({ principal, params, body }) => {
      const hash = await leaseOfReport(db, principal.credentialId, params.id, body.lease_token);
      const staged = await stagePart(db, {
        jobId: params.id,
        hash,
        number: body.number,
        part: body.part,
        bytesMax: limits.resultBytesMax,
      });
      if (staged === undefined) throw await explainLostLease(db, principal.credentialId, params.id);
      if (!staged.stored) {
        throw new Problem("body_too_large", `A result may have ${limits.resultBytesMax} bytes at most.`, {
          detail: { bytes: staged.bytes, allowed: limits.resultBytesMax },
        });
      }
      return { bytes: staged.bytes };
    }),

    route(completeJob, async ({ principal, params, body }) => {
      const hash = await leaseOfReport(db, principal.credentialId, params.id, body.lease_token);
      const payload = await store.findLeasedPayload(db, principal.credentialId, params.id, hash);
      if (payload === undefined) {
        const digest = "sha256" in body ? Buffer.from(body.sha256, "hex") : sha256(body.results);
        return answerLate(principal.credentialId, params.id, hash, digest);
      }
      const results = await readReportedResults(db, params.id, hash, body);
      checkResults(results, payload);
      const digest = sha256(results);
      const stored = await store.completeJob(db, { jobId: params.id, hash, results, digest });
      return stored ? { status: "completed" } : answerLate(principal.credentialId, params.id, hash, digest);
    }),

    route(failJob, async ({ principal, params, body }) => {
      const hash = await leaseOfReport(db, principal.credentialId, params.id, body.lease_token);
      const digest = digestOf("fail", body);
      const failed = await store.failJob(db, {
        jobId: params.id,
        hash,
        partial:
          body.results === undefined
            ? null
            : await checkPartial(principal.credentialId, params.id, hash, body.results),
        message: body.message,
        code: body.code ?? null,
        retryable: body.retryable ?? false,
        delayMs: limits.retryDelayMs * (0.5 + random()),
        digest,
      });
      return failed === undefined
        ? answerLate(principal.credentialId, params.id, hash, digest)
        : { status: failed.state };
    }),

    route(releaseLease, async ({ principal, params, body }) => {
      const hash = await leaseOfReport(db, principal.credentialId, params.id, body.lease_token);
      const digest = digestOf("release");
      const released = await store.releaseLease(db, { jobId: params.id, hash, digest });
      if (released === undefined) return answerLate(principal.credentialId, params.id, hash, digest);
      queueSignal.raise(released.platform_id);
      return { status: released.state };
    }),
  ];
}
