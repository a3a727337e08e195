import type { Queryable } from "../database/database.ts";
import { prepared } from "../database/prepared.ts";

/** Jobs that wait or run at this moment, and those that a token has submitted in all. */
export interface JobCounts {
  readonly of_account: number;
  readonly of_account_on_platform: number;
  readonly of_platform: number;
  readonly by_token: number;
}

export interface CountedFor {
  readonly userId: number;
  readonly platformId: string;
  readonly tokenId: number | null;
  /** Counting the token's jobs ends there; null not to count them. */
  readonly tokenJobsMax: number | null;
}

export async function countJobs(
  db: Queryable,
  { userId, platformId, tokenId, tokenJobsMax }: CountedFor,
): Promise<JobCounts> {
  const { rows } = await db.query<JobCounts>(
    prepared(
      `select (select coalesce(sum(unended), 0)::int from job_tallies where owner_id = $1) as of_account,
            (select coalesce(sum(unended), 0)::int from job_tallies where owner_id = $1 and platform_id = $2)
              as of_account_on_platform,
            (select coalesce(sum(unended), 0)::int from job_tallies where platform_id = $2) as of_platform,
            (select count(*)::int from (select from jobs where token_id = $3 limit $4) counted) as by_token`,
      [userId, platformId, tokenId, tokenJobsMax ?? 0],
    ),
  );
  return rows[0]!;
}
