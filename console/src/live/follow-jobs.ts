import { followEvents, type JobState } from "@corbenic/sdk/endpoints";
import { consoleHeader } from "../cloud.ts";
import { readEvents } from "./read-events.ts";

/** A job has a new status. */
export interface JobNews {
  readonly job_id: string;
  readonly status: JobState;
  /** Seconds since the epoch. */
  readonly at: number;
  readonly message: string | null;
}

/** How far a running job is. */
export interface ProgressNews {
  readonly job_id: string;
  readonly progress: number;
  readonly progress_message: string | null;
}

export interface Listener {
  onJob(news: JobNews): void;
  onProgress(news: ProgressNews): void;
  /** Called when the stream begins, first and again: events may have been missed that it does not tell of. */
  onBegin(again: boolean): void;
}

const firstPauseMs = 500;
const longestPauseMs = 15_000;

/** Follows the account's jobs until the signal aborts; a stream that ends is taken up where it was. */
export async function followJobs(listener: Listener, signal: AbortSignal): Promise<void> {
  let last: string | undefined;
  let begun = false;
  for (let pauseMs = firstPauseMs; !signal.aborted; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
    const answer = await open(last, signal);
    if (answer?.status === 401) return;
    if (answer?.ok && answer.body !== null) {
      listener.onBegin(begun);
      begun = true;
      pauseMs = firstPauseMs;
      last = await listen(answer.body, listener, last, signal);
    }
    await pause(pauseMs, signal);
  }
}

/** @returns undefined where no answer came */
async function open(last: string | undefined, signal: AbortSignal): Promise<Response | undefined> {
  const headers = { ...consoleHeader, ...(last === undefined ? {} : { "last-event-id": last }) };
  return fetch(followEvents.path, { headers, signal }).catch(() => undefined);
}

/** @returns the id of the last event, when the stream has ended */
async function listen(
  body: ReadableStream<Uint8Array>,
  listener: Listener,
  last: string | undefined,
  signal: AbortSignal,
): Promise<string | undefined> {
  let known = last;
  try {
    for await (const { name, data, id } of readEvents(body)) {
      known = id ?? known;
      if (name === "job") listener.onJob(JSON.parse(data) as JobNews);
      if (name === "progress") listener.onProgress(JSON.parse(data) as ProgressNews);
    }
  } catch (error) {
    // A connection that breaks off is taken up again; what listeners do wrong is not passed over.
    if (!signal.aborted && !(error instanceof TypeError)) throw error;
  }
  return known;
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
