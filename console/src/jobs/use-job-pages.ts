import { type JobSummary, listAllJobs, listJobs, type OwnedJobSummary } from "@corbenic/sdk/endpoints";
import { useInfiniteQuery } from "@tanstack/react-query";
import { ask } from "../cloud.ts";
import { keyOf } from "../queries.ts";
import { type JobFilters, queryOf } from "./job-filters.ts";

export type ListedJob = JobSummary & Partial<Pick<OwnedJobSummary, "owner_email">>;

interface JobsPage {
  readonly jobs: readonly ListedJob[];
  readonly next_cursor: string | null;
}

const jobsAPage = 200;

/** The jobs that pass the filters, page by page as they are scrolled to. */
export function useJobPages(filters: JobFilters) {
  const endpoint = filters.everybody ? listAllJobs : listJobs;
  return useInfiniteQuery({
    queryKey: keyOf(endpoint, { filters }),
    queryFn: ({ pageParam, signal }): Promise<JobsPage> => {
      const query = {
        ...queryOf(filters),
        limit: jobsAPage,
        ...(pageParam === null ? {} : { cursor: pageParam }),
      };
      return ask(endpoint, { query, signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ next_cursor }) => next_cursor,
  });
}
