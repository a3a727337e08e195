import { getJobStatus, isTerminal, type ResponseOf } from "@corbenic/protocol";
import type { Api } from "./api.ts";
import { type Hearing, hearOf } from "./job-hearing.ts";

export type JobStatus = ResponseOf<typeof getJobStatus>;

/** The pauses between looks: short for a job that ends at once, then as rare as clients poll. */
const firstPauseMs = 20;
const longestPauseMs = 1_000;

/** Where the stream of events tells what happens, looks only make sure of it. */
const longestPauseOfListenerMs = 15_000;

/** A job that ends at once is not worth a stream. */
const listenAfterMs = 320;

/** A cloud that restarts is waited for, about a minute: who waits for a job would only ask again. */
const attempts = 12;

/**
 * Yields a job's status now, and each that differs from the one before, until the job has ended. The account's stream of
 * events tells when to look; where there is none, or one that tells of others' jobs only, looks find it by themselves.
 */
export async function* watchJob(
  api: Api,
  token: string,
  id: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<JobStatus, void, void> {
  let hearing: Hearing | undefined;
  let hears = true;
  let isTold = false;
  let seen = "";
  try {
    for (let pauseMs = firstPauseMs; ; ) {
      const status = await api.call(getJobStatus, token, { params: { id }, signal }, { attempts });
      // The running time grows with every look, and is no news.
      const text = JSON.stringify({ ...status, duration: undefined });
      if (text !== seen) yield status;
      if (isTerminal(status.status)) return;

      if (isTold) hears = true;
      else if (hearing !== undefined && text !== seen) hears = false;
      seen = text;
      if (pauseMs >= listenAfterMs) hearing ??= hearOf(api.context, token, id);
      isTold = false;
      if (hearing === undefined) await api.context.clock.sleep(pauseMs, signal);
      else isTold = (await hearing.news(pauseMs, signal)).some((news) => "job_id" in news);
      const longest = hears && hearing?.isOpen() === true ? longestPauseOfListenerMs : longestPauseMs;
      pauseMs = Math.min(pauseMs * 2, longest);
    }
  } finally {
    hearing?.end();
  }
}
