import { type ReactNode, useEffect, useRef, useState } from "react";
import { Failure } from "../parts/failure.tsx";
import { save } from "../parts/save.ts";
import type { JobFilters } from "./job-filters.ts";
import { askForAllJobs } from "./job-pages.ts";
import { jobsAsCsv } from "./jobs-csv.ts";

/** Saves every job that passes the filters, also those that the list has not come to. */
export function SaveAsCsv({ filters }: { readonly filters: JobFilters }): ReactNode {
  const [soFar, setSoFar] = useState<number>();
  const [error, setError] = useState<unknown>(null);
  const saving = useRef<AbortController>(undefined);
  useEffect(() => () => saving.current?.abort(), []);
  const saveAll = async () => {
    const controller = new AbortController();
    saving.current = controller;
    setError(null);
    setSoFar(0);
    try {
      const jobs = await askForAllJobs(filters, { signal: controller.signal, onJobs: setSoFar });
      save("jobs.csv", "text/csv", jobsAsCsv(jobs));
    } catch (reason) {
      if (!controller.signal.aborted) setError(reason);
    } finally {
      setSoFar(undefined);
    }
  };
  return (
    <>
      <button type="button" disabled={soFar !== undefined} onClick={() => void saveAll()}>
        {soFar === undefined ? "Save as CSV" : `Reading ${soFar.toLocaleString("en")} jobs …`}
      </button>
      <Failure error={error} />
    </>
  );
}
