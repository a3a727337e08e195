import { cancelJobs, listAllJobs, listJobs } from "@corbenic/sdk/endpoints";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { type ReactNode, useCallback, useMemo, useState } from "react";
import { useLiveJobsOfAll } from "../live/use-live-jobs.ts";
import { ConfirmButton } from "../parts/confirm-button.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { Failure } from "../parts/failure.tsx";
import { Page } from "../parts/page.tsx";
import { save } from "../parts/save.ts";
import { useChange } from "../queries.ts";
import { FilterBar } from "./filter-bar.tsx";
import type { JobFilters } from "./job-filters.ts";
import { JobList } from "./job-list.tsx";
import { jobsAsCsv } from "./jobs-csv.ts";
import { useJobPages } from "./use-job-pages.ts";

/** What the cloud cancels at once. */
const canceledAtOnceMax = 1_000;

/** All jobs, narrowed by filters that stand in the address. */
export function JobsPage(): ReactNode {
  const filters: JobFilters = useSearch({ from: "/jobs" });
  const navigate = useNavigate({ from: "/jobs" });
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const pages = useJobPages(filters);
  useLiveJobsOfAll(filters.everybody ?? false);
  const cancel = useChange(cancelJobs, [listJobs, listAllJobs]);
  const jobs = useMemo(() => pages.data?.pages.flatMap((page) => page.jobs) ?? [], [pages.data]);
  const { hasNextPage, isFetching, fetchNextPage } = pages;
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage]);
  const toggle = useCallback((id: string) => {
    setChosen((before) => {
      const after = new Set(before);
      if (!after.delete(id)) after.add(id);
      return after;
    });
  }, []);
  const ids = [...chosen].slice(0, canceledAtOnceMax);
  return (
    <Page
      title="Jobs"
      actions={
        <button
          type="button"
          disabled={jobs.length === 0}
          onClick={() => save("jobs.csv", "text/csv", jobsAsCsv(jobs))}
        >
          Save as CSV
        </button>
      }
    >
      <FilterBar filters={filters} onChange={(search) => navigate({ search, replace: true })} />
      {chosen.size > 0 && (
        <div className="row selection" role="status">
          <span>{chosen.size.toLocaleString("en")} chosen</span>
          <ConfirmButton
            action="Cancel jobs"
            consequence={`Cancel ${ids.length.toLocaleString("en")} jobs? What has not started is canceled at once, what runs is asked to stop. Jobs that have ended stay as they are.`}
            onConfirm={async () => {
              await cancel.mutateAsync({ body: { job_ids: ids } });
              setChosen(new Set());
            }}
          />
          <button type="button" className="quiet" onClick={() => setChosen(new Set())}>
            Choose none
          </button>
        </div>
      )}
      <Failure error={cancel.error ?? pages.error} />
      {pages.isSuccess && jobs.length === 0 ? (
        <NoJobs filtered={Object.keys(filters).length > 0} />
      ) : (
        <JobList
          jobs={jobs}
          chosen={chosen}
          onToggle={toggle}
          withOwner={filters.everybody === true}
          onEnd={onEnd}
        />
      )}
      <p className="quiet-text" role="status">
        {pages.isPending ? "Loading …" : count(jobs.length, pages.hasNextPage)}
      </p>
    </Page>
  );
}

function count(jobs: number, more: boolean): string {
  return `${jobs.toLocaleString("en")} ${jobs === 1 ? "job" : "jobs"}${more ? " so far: scroll for more" : ""}`;
}

function NoJobs({ filtered }: { readonly filtered: boolean }): ReactNode {
  return filtered ? (
    <EmptyState title="No job passes these filters">
      <p>Take some of them away, or all.</p>
    </EmptyState>
  ) : (
    <EmptyState title="No job yet">
      <p>
        Jobs appear here as soon as a program sends them. The overview has the three lines that connect
        Perceval.
      </p>
    </EmptyState>
  );
}
