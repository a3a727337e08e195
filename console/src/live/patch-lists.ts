import type { ProgressNews, StatusNews } from "@corbenic/sdk";
import { type Endpoint, isTerminal, type JobSummary } from "@corbenic/sdk/endpoints";
import type { QueryClient } from "@tanstack/react-query";
import { keyOf } from "../queries.ts";

interface Page {
  readonly jobs: readonly JobSummary[];
}

/** Changes a job in every list that shows it, at once: a list of thousands is not asked for again for one of them. */
export function patchLists(client: QueryClient, list: Endpoint, news: StatusNews | ProgressNews): void {
  const patchPage = (page: Page): Page => {
    const at = page.jobs.findIndex(({ job_id }) => job_id === news.job_id);
    return at < 0 ? page : { ...page, jobs: page.jobs.with(at, patched(page.jobs[at]!, news)) };
  };
  client.setQueriesData<Page | { pages: readonly Page[] }>({ queryKey: keyOf(list) }, (before) => {
    if (before === undefined) return before;
    return "pages" in before ? { ...before, pages: before.pages.map(patchPage) } : patchPage(before);
  });
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
