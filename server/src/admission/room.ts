import type { Limits } from "../config.ts";
import type { Queryable } from "../database/database.ts";
import type { PlatformLimits } from "../platforms/platform-limits.ts";
import { countJobs, type JobCounts } from "./admission-store.ts";
import type { CodedFinding } from "./findings.ts";
import type { Submitter } from "./submitter.ts";

/** Where one more job would have to find room. */
export interface Destination {
  readonly platformId: string;
  readonly platformName: string;
  readonly legacySingle: boolean;
  readonly limits: PlatformLimits;
}

/** How many jobs there are at this moment of whom one more would be. */
export function countFor(
  db: Queryable,
  { userId, tokenId, scopes }: Submitter,
  { platformId }: Destination,
): Promise<JobCounts> {
  return countJobs(db, { userId, platformId, tokenId, tokenJobsMax: scopes.jobsMax });
}

/** Everything that has no room for one more job. */
export function findFullQueues(
  jobs: JobCounts,
  { scopes }: Submitter,
  { platformName, limits }: Destination,
  { jobsInQueueMax }: Pick<Limits, "jobsInQueueMax">,
): CodedFinding[] {
  const onPlatform = `This account on ${platformName}`;
  return [
    full("account.jobs_in_queue", "This account", jobs.of_account, jobsInQueueMax),
    full("platform.jobs_per_account", onPlatform, jobs.of_account_on_platform, limits.jobsPerAccountMax),
    full("platform.queue", platformName, jobs.of_platform, limits.queueMax),
    used("token.jobs_max", jobs.by_token, scopes.jobsMax),
  ].filter((finding) => finding !== undefined);
}

function full(path: string, whose: string, jobs: number, most: number | null): CodedFinding | undefined {
  if (most === null || jobs < most) return undefined;
  const message = `${whose} has ${jobs} jobs waiting or running, as many as it may.`;
  return { code: "queue_full", path, found: `${jobs} jobs`, allowed: `at most ${most}`, message };
}

function used(path: string, jobs: number, most: number | null): CodedFinding | undefined {
  if (most === null || jobs < most) return undefined;
  const message = `This token is good for ${most} jobs, all of which have been submitted.`;
  return { code: "token_scope_exceeded", path, found: `${jobs} jobs`, allowed: `at most ${most}`, message };
}
