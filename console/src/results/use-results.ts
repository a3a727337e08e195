import { type RunResults, readResults } from "@corbenic/sdk";
import { getJobResult } from "@corbenic/sdk/endpoints";
import { useMemo } from "react";
import { useAnswer } from "../queries.ts";

export interface ReadResults {
  readonly runs: readonly RunResults[];
  /** The results as the cloud gave them. */
  readonly text: string;
  /** Whether the job ended before it had found all. */
  readonly partial: boolean;
}

/** A job's results, read. */
export function useResults(
  jobId: string,
  enabled = true,
): { results: ReadResults | undefined; error: unknown } {
  const { data, error } = useAnswer(getJobResult, { params: { id: jobId } }, { enabled });
  return useMemo(() => {
    if (data === undefined) return { results: undefined, error };
    try {
      const { runs } = readResults(data.results);
      return { results: { runs, text: data.results, partial: data.results_type === "partial" }, error: null };
    } catch (unreadable) {
      return { results: undefined, error: unreadable };
    }
  }, [data, error]);
}
