import { followJobs, type JobNews, type ProgressNews, type StatusNews } from "@corbenic/sdk";
import {
  getJob,
  getJobResult,
  isTerminal,
  type JobSummary,
  type JobView,
  listJobGroups,
  listJobs,
  listPlatforms,
} from "@corbenic/sdk/endpoints";
import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { cloud, isSignedOut } from "../cloud.ts";
import { keyOf } from "../queries.ts";

/** Keeps what is shown of the account's jobs up to date for as long as the page is open. */
export function useLiveJobs(): void {
  const client = useQueryClient();
  useEffect(() => {
    const controller = new AbortController();
    void keepUp(client, controller.signal);
    return () => controller.abort();
  }, [client]);
}

async function keepUp(client: QueryClient, signal: AbortSignal): Promise<void> {
  const listener = listenerFor(client);
  try {
    for await (const news of followJobs(cloud, undefined, { signal })) listener(news);
  } catch (error) {
    if (!signal.aborted && !isSignedOut(error)) throw error;
  }
}

/** Lists are asked anew at most this often, however many events come. */
const quietMs = 1_000;

function listenerFor(client: QueryClient): (news: JobNews) => void {
  let isPlanned = false;
  let wasBroken = false;
  const refreshLists = () => {
    if (isPlanned) return;
    isPlanned = true;
    setTimeout(() => {
      isPlanned = false;
      for (const each of [listJobs, listJobGroups, listPlatforms]) {
        void client.invalidateQueries({ queryKey: keyOf(each), predicate: isShort });
      }
    }, quietMs);
  };
  return (news) => {
    switch (news.kind) {
      case "job":
        patchLists(client, news);
        void client.invalidateQueries({ queryKey: keyOf(getJob, { params: { id: news.job_id } }) });
        void client.invalidateQueries({ queryKey: keyOf(getJobResult, { params: { id: news.job_id } }) });
        return refreshLists();
      case "progress":
        client.setQueryData<JobView>(keyOf(getJob, { params: { id: news.job_id } }), (before) =>
          before === undefined
            ? before
            : { ...before, progress: news.progress, progress_message: news.progress_message },
        );
        return patchLists(client, news);
      case "begun":
        if (wasBroken) refreshLists();
        return;
      case "broken":
        wasBroken = true;
    }
  };
}

/** Whether asking anew is cheap: long lists are only changed where they show a job that changed. */
function isShort({ state }: { state: { data: unknown } }): boolean {
  const { pages } = Object(state.data) as { pages?: readonly unknown[] };
  return pages === undefined || pages.length <= 2;
}

interface Page {
  readonly jobs: readonly JobSummary[];
}

/** Changes a job in every list that shows it, at once: a list of thousands is not asked for again for one of them. */
function patchLists(client: QueryClient, news: StatusNews | ProgressNews): void {
  const patchPage = (page: Page): Page => {
    const at = page.jobs.findIndex(({ job_id }) => job_id === news.job_id);
    return at < 0 ? page : { ...page, jobs: page.jobs.with(at, patched(page.jobs[at]!, news)) };
  };
  client.setQueriesData<Page | { pages: readonly Page[] }>({ queryKey: keyOf(listJobs) }, (before) => {
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
