import type { ProgressNews, StatusNews } from "@corbenic/sdk";
import { type Endpoint, isTerminal, type JobSummary } from "@corbenic/sdk/endpoints";
import type { QueryClient } from "@tanstack/react-query";
import { keyOf } from "../queries.ts";

interface Page {
  readonly jobs: readonly JobSummary[];
}

/**
 * Changes a job in what is shown of every list, at once. Pages that were left behind are asked for again when one
 * comes back to them.
 */
export function patchLists(client: QueryClient, list: Endpoint, news: StatusNews | ProgressNews): void {
  for (const query of client.getQueryCache().findAll({ queryKey: keyOf(list), type: "active" })) {
    const page = query.state.data as Page | undefined;
    const at = page?.jobs.findIndex(({ job_id }) => job_id === news.job_id) ?? -1;
    if (page === undefined || at < 0) continue;
    client.setQueryData(query.queryKey, { ...page, jobs: page.jobs.with(at, patched(page.jobs[at]!, news)) });
  }
}

function patched(job: JobSummary, news: StatusNews | ProgressNews): JobSummary {
  if (news.kind === "progress") return { ...job, progress: news.progress };
  const at = new Date(news.at * 1_000).toISOString();
  return {
    ...job,
    status: news.status,
    ...(news.status === "running" ? { started_at: at } : {}),
    ...(isTerminal(news.status) ? { ended_at: at, status_message: news.message } : {}),
  };
}
