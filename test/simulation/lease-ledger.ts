import { createHash } from "node:crypto";
import type { LeasedJob } from "@corbenic/protocol";
import type { Report } from "./exchange.ts";

/** An instant in the order in which requests arrived and answers left. */
export type Tick = number;

/** A worker's report that the cloud has acknowledged. */
export interface AcknowledgedReport extends Report {
  /** SHA-256 of the token, in hexadecimal, as events name leases. */
  readonly lease: string;
}

/**
 * Which leases workers were given, and from when on each was certainly over: a request that arrives later must not
 * be served under it. What is not certain is not held against the cloud.
 */
export interface LeaseLedger {
  granted(job: LeasedJob, arrived: Tick, now: Tick): void;
  /** Somebody reports under a lease, whatever comes of it. */
  reporting(token: string): void;
  /** A lease was renewed, or something was staged under it. */
  held(jobId: string, token: string, arrived: Tick): void;
  reported(report: Report, now: Tick): void;
  /** All leases of a job that were given before `before` are over. */
  revoke(jobId: string, before: Tick, now: Tick): void;
  readonly reports: readonly AcknowledgedReport[];
  /** Leases that were given out, and that nobody has reported under. */
  unreported(): ReadonlySet<string>;
  /** The latest attempt of each job, unless it is known to be over; the one handed out last comes last. */
  readonly running: ReadonlyMap<string, number>;
}

interface Grant {
  readonly jobId: string;
  readonly token: string;
  readonly attempt: number;
  readonly since: Tick;
  overSince: Tick;
}

const digestOf = (token: string) => createHash("sha256").update(token).digest("hex");

export function createLeaseLedger(
  violate: (invariant: string, jobId: string, says: string) => void,
): LeaseLedger {
  const grants = new Map<string, Grant[]>();
  const reports: AcknowledgedReport[] = [];
  const named = new Set<string>();
  const running = new Map<string, number>();
  const of = (jobId: string) => grants.get(jobId) ?? [];
  const end = (grant: Grant, now: Tick) => {
    grant.overSince = Math.min(grant.overSince, now);
  };

  return {
    reports,
    running,
    granted({ job_id, attempt, lease_token }, arrived, now) {
      const known = of(job_id);
      const same = known.find(({ token }) => token === lease_token);
      if (same !== undefined) {
        if (same.attempt !== attempt)
          violate("I5", job_id, `has attempts ${same.attempt} and ${attempt} under one lease`);
        if (same.overSince < arrived)
          violate("F4", job_id, `was handed out again under the lost lease ${attempt}`);
        return;
      }
      for (const grant of known) {
        if (grant.attempt === attempt) violate("I10", job_id, `was leased twice as attempt ${attempt}`);
        if (grant.attempt > attempt && grant.since < arrived)
          violate("I5", job_id, `was handed out as attempt ${attempt} after ${grant.attempt}`);
        if (grant.attempt < attempt) end(grant, now);
      }
      const latest = Math.max(attempt, running.get(job_id) ?? 0);
      running.delete(job_id);
      running.set(job_id, latest);
      const overSince = known.some((grant) => grant.attempt > attempt) ? now : Number.POSITIVE_INFINITY;
      grants.set(job_id, [...known, { jobId: job_id, token: lease_token, attempt, since: now, overSince }]);
    },
    reporting: (token) => void named.add(token),
    unreported() {
      const given = [...grants.values()].flat().map(({ token }) => token);
      return new Set(given.filter((token) => !named.has(token)).map(digestOf));
    },
    held(jobId, token, arrived) {
      const grant = of(jobId).find((grant) => grant.token === token);
      if (grant === undefined) violate("I1", jobId, "was held under a lease that nobody was given");
      else if (grant.overSince < arrived)
        violate("I1", jobId, `was held under the lease of attempt ${grant.attempt}, which was over`);
    },
    reported(report, now) {
      reports.push({ ...report, lease: digestOf(report.token) });
      const grant = of(report.jobId).find(({ token }) => token === report.token);
      if (grant === undefined)
        violate("I1", report.jobId, "was reported under a lease that nobody was given");
      else {
        end(grant, now);
        if (running.get(report.jobId) === grant.attempt) running.delete(report.jobId);
      }
    },
    revoke(jobId, before, now) {
      running.delete(jobId);
      for (const grant of of(jobId)) if (grant.since < before) end(grant, now);
    },
  };
}
