import {
  type CallTarget,
  call,
  type LeasedJob,
  Problem,
  renewLease,
  UnreachableError,
} from "@corbenic/protocol";
import type { Log } from "./log.ts";
import { deadline, type Machine } from "./machine.ts";

/** Why a job must stop: its owner canceled it, its lease was taken away, or no renewal was heard for too long. */
export type LeaseEnd = "canceled" | "lost" | "unheard";

/** A lease that is being kept alive. */
export interface Lease {
  /** Aborts when the job must stop. */
  readonly over: AbortSignal;
  readonly why: LeaseEnd | undefined;
  /** What the next renewal tells the cloud. */
  readonly noteProgress: (progress: number, phase: string) => void;
  readonly stop: () => void;
}

/** A renewal is due after this part of the lease at the latest, so that some may fail before the lease ends. */
const beatFraction = 1 / 4;

/** Beyond this part of the lease without an acknowledged renewal, the worker takes the job as lost. */
const fenceFraction = 0.75;

/** Renewals bring cancellation, which people wait for: the first come soon, and later ones rarely. */
const firstBeatMs = 250;
const beatPerElapsed = 0.1;

/**
 * Renews the lease until stopped. The clock is this machine's own and only measures durations: the cloud's
 * clock decides when a lease ends.
 */
export function keepLease(
  job: LeasedJob,
  { cloud, log, machine }: { readonly cloud: CallTarget; readonly log: Log; readonly machine: Machine },
): Lease {
  const over = new AbortController();
  const stopped = new AbortController();
  const begunAt = machine.now();
  let why: LeaseEnd | undefined;
  let progress: { progress: number; progress_message: string } | undefined;
  let ttlMs = job.lease_ttl_s * 1000;
  let heardAt = begunAt;

  function end(reason: LeaseEnd, detail: string): void {
    why ??= reason;
    if (reason === "lost") why = reason;
    over.abort(new Error(detail));
  }

  async function renew(): Promise<void> {
    const sentAt = machine.now();
    const late = () => new UnreachableError("the cloud did not answer a renewal in time");
    const limit = deadline(machine, ttlMs * beatFraction, late, [stopped.signal]);
    try {
      const answer = await call(renewLease, cloud, {
        params: { id: job.job_id },
        body: { lease_token: job.lease_token, ...progress },
        signal: limit.signal,
      });
      heardAt = sentAt;
      ttlMs = answer.lease_ttl_s * 1000;
      if (answer.cancel) end("canceled", "the job was canceled");
    } catch (error) {
      if (stopped.signal.aborted) return;
      if (error instanceof Problem && (error.code === "lease_lost" || error.code === "job_not_found"))
        end("lost", error.message);
      else log.warn({ job: job.job_id, err: error }, "cannot renew the lease, trying again");
    } finally {
      limit.clear();
    }
  }

  async function beat(): Promise<void> {
    for (;;) {
      const elapsedMs = machine.now() - begunAt;
      const dueMs = Math.min(ttlMs * beatFraction, Math.max(firstBeatMs, elapsedMs * beatPerElapsed));
      await machine.sleep(dueMs * (0.9 + 0.1 * machine.random()), stopped.signal);
      if (stopped.signal.aborted || why === "lost") return;
      await renew();
    }
  }

  /** Apart from the renewals, which may hang: the fence holds whatever they do. */
  async function fence(): Promise<void> {
    for (;;) {
      const leftMs = heardAt + ttlMs * fenceFraction - machine.now();
      if (leftMs <= 0) return end("unheard", "the lease was not renewed in time");
      await machine.sleep(leftMs, stopped.signal);
      if (stopped.signal.aborted) return;
    }
  }

  void beat();
  void fence();
  return {
    over: over.signal,
    get why() {
      return why;
    },
    noteProgress: (fraction, phase) => {
      progress = { progress: fraction, progress_message: phase.slice(0, 255) };
    },
    stop: () => stopped.abort(),
  };
}
