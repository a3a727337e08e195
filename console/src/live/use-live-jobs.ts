import { followJobs, type JobNews } from "@corbenic/sdk";
import {
  type Endpoint,
  followAllEvents,
  followEvents,
  getJob,
  getJobResult,
  type JobView,
  listAllJobs,
  listJobGroups,
  listJobs,
  listPlatforms,
  listWorkers,
} from "@corbenic/sdk/endpoints";
import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { cloud, isSignedOut } from "../cloud.ts";
import { keyOf } from "../queries.ts";
import { patchLists } from "./patch-lists.ts";

/** What a stream keeps up to date. */
interface Followed {
  readonly stream: Endpoint;
  /** The list whose lines are changed at once. */
  readonly list: Endpoint;
  /** Asked anew soon after something happened: what is shown of them. */
  readonly refreshed: readonly Endpoint[];
}

const own: Followed = {
  stream: followEvents,
  list: listJobs,
  refreshed: [listJobs, listJobGroups, listPlatforms],
};
const everybodys: Followed = {
  stream: followAllEvents,
  list: listAllJobs,
  refreshed: [listAllJobs, listWorkers],
};

/** Keeps what is shown of the account's jobs up to date for as long as the page is open. */
export function useLiveJobs(): void {
  useFollowed(own, true);
}

/** Keeps everybody's jobs up to date, for administrators who look at them. */
export function useLiveJobsOfAll(enabled = true): void {
  useFollowed(everybodys, enabled);
}

function useFollowed(followed: Followed, enabled: boolean): void {
  const client = useQueryClient();
  useEffect(() => {
    if (!enabled) return;
    const controller = new AbortController();
    void keepUp(client, followed, controller.signal);
    return () => controller.abort();
  }, [client, followed, enabled]);
}

async function keepUp(client: QueryClient, followed: Followed, signal: AbortSignal): Promise<void> {
  const listener = listenerFor(client, followed);
  const { stream } = followed;
  try {
    for await (const news of followJobs(cloud, undefined, { stream, signal })) listener(news);
  } catch (error) {
    if (!signal.aborted && !isSignedOut(error)) throw error;
  }
}

/** Lists are asked anew at most this often, however many events come. */
const quietMs = 1_000;

function listenerFor(client: QueryClient, { list, refreshed }: Followed): (news: JobNews) => void {
  let isPlanned = false;
  let wasBroken = false;
  const refreshLists = () => {
    if (isPlanned) return;
    isPlanned = true;
    setTimeout(() => {
      isPlanned = false;
      for (const each of refreshed) void client.invalidateQueries({ queryKey: keyOf(each) });
    }, quietMs);
  };
  return (news) => {
    switch (news.kind) {
      case "job":
        patchLists(client, list, news);
        void client.invalidateQueries({ queryKey: keyOf(getJob, { params: { id: news.job_id } }) });
        void client.invalidateQueries({ queryKey: keyOf(getJobResult, { params: { id: news.job_id } }) });
        return refreshLists();
      case "progress":
        client.setQueryData<JobView>(keyOf(getJob, { params: { id: news.job_id } }), (before) =>
          before === undefined
            ? before
            : { ...before, progress: news.progress, progress_message: news.progress_message },
        );
        return patchLists(client, list, news);
      case "begun":
        if (wasBroken) refreshLists();
        return;
      case "broken":
        wasBroken = true;
    }
  };
}
