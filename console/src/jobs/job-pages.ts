import { type JobSummary, listAllJobs, listJobs, type OwnedJobSummary } from "@corbenic/sdk/endpoints";
import { ask } from "../cloud.ts";
import { type JobFilters, queryOf } from "./job-filters.ts";

export type ListedJob = JobSummary & Partial<Pick<OwnedJobSummary, "owner_email">>;

export interface JobPage {
  readonly jobs: readonly ListedJob[];
  readonly next_cursor: string | null;
  readonly total?: number;
  readonly counted_at?: string;
}

/** What the cloud gives at most at once. */
export const jobsAPage = 200;

interface Asked {
  readonly offset?: number;
  readonly cursor?: string;
  /** Only jobs from before this instant; the filters may say an earlier one. */
  readonly before?: string | undefined;
  readonly with_total?: true;
  readonly signal: AbortSignal;
}

/** Whose jobs a list shows: the account's own, or everybody's. */
export function listOf({ everybody }: JobFilters): typeof listJobs | typeof listAllJobs {
  return everybody ? listAllJobs : listJobs;
}

/** One page of the jobs that pass the filters. */
export function askForJobs(filters: JobFilters, { before, signal, ...page }: Asked): Promise<JobPage> {
  const narrowed = queryOf(filters);
  const created_before = earlier(narrowed.created_before, before);
  const query = {
    ...narrowed,
    ...page,
    limit: jobsAPage,
    ...(created_before === undefined ? {} : { created_before }),
  };
  return ask(listOf(filters), { query, signal });
}

function earlier(one: string | undefined, other: string | undefined): string | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return Date.parse(one) < Date.parse(other) ? one : other;
}

/** Every job that passes the filters, to the last. */
export async function askForAllJobs(
  filters: JobFilters,
  { signal, onJobs }: { readonly signal: AbortSignal; readonly onJobs: (soFar: number) => void },
): Promise<ListedJob[]> {
  const all: ListedJob[] = [];
  let cursor: string | null | undefined;
  while (cursor !== null) {
    const page: JobPage = await askForJobs(filters, { ...(cursor === undefined ? {} : { cursor }), signal });
    for (const job of page.jobs) all.push(job);
    onJobs(all.length);
    cursor = page.next_cursor;
  }
  return all;
}
