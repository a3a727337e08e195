import { cancelJobs, listAllJobs, listJobs } from "@corbenic/sdk/endpoints";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { type ReactNode, useCallback, useState } from "react";
import { useLiveJobsOfAll } from "../live/use-live-jobs.ts";
import { ConfirmButton } from "../parts/confirm-button.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { Failure } from "../parts/failure.tsx";
import { Page } from "../parts/page.tsx";
import { useChange } from "../queries.ts";
import { FilterBar } from "./filter-bar.tsx";
import type { JobFilters } from "./job-filters.ts";
import { JobList } from "./job-list.tsx";
import { SaveAsCsv } from "./save-as-csv.tsx";
import { useListedJobs } from "./use-listed-jobs.ts";
import { rowsMax } from "./use-rows-in-view.ts";

/** What the cloud cancels at once. */
const canceledAtOnceMax = 1_000;

/** All jobs, narrowed by filters that stand in the address. */
export function JobsPage(): ReactNode {
  const filters: JobFilters = useSearch({ from: "/jobs" });
  const navigate = useNavigate({ from: "/jobs" });
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  useLiveJobsOfAll(filters.everybody ?? false);
  const cancel = useChange(cancelJobs, [listJobs, listAllJobs]);
  const toggle = useCallback((id: string) => {
    setChosen((before) => {
      const after = new Set(before);
      if (!after.delete(id)) after.add(id);
      return after;
    });
  }, []);
  const ids = [...chosen].slice(0, canceledAtOnceMax);
  return (
    <Page title="Jobs" actions={<SaveAsCsv filters={filters} />}>
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
      <Failure error={cancel.error} />
      <FilteredJobs key={JSON.stringify(filters)} filters={filters} chosen={chosen} onToggle={toggle} />
    </Page>
  );
}

interface FilteredJobsProps {
  readonly filters: JobFilters;
  readonly chosen: ReadonlySet<string>;
  readonly onToggle: (id: string) => void;
}

function FilteredJobs({ filters, chosen, onToggle }: FilteredJobsProps): ReactNode {
  const jobs = useListedJobs(filters);
  const { isPending, error, count } = jobs;
  return (
    <>
      <Failure error={error} />
      {!isPending && error === null && count === 0 ? (
        <NoJobs filtered={Object.keys(filters).length > 0} />
      ) : (
        <JobList jobs={jobs} chosen={chosen} onToggle={onToggle} withOwner={filters.everybody === true} />
      )}
      <p className="quiet-text" role="status">
        {isPending ? "Loading …" : howMany(count)}
      </p>
    </>
  );
}

function howMany(jobs: number): string {
  const all = `${jobs.toLocaleString("en")} ${jobs === 1 ? "job" : "jobs"}`;
  return jobs <= rowsMax
    ? all
    : `The first ${rowsMax.toLocaleString("en")} of ${all}: filters bring the others`;
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
