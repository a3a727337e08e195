import { getJobStatus, isTerminal, type ResponseOf } from "@corbenic/protocol";
import type { Api } from "./api.ts";

export type JobStatus = ResponseOf<typeof getJobStatus>;

/** The pauses between looks: short for a job that ends at once, then as rare as clients poll. */
const firstPauseMs = 20;
const longestPauseMs = 1_000;

/** A cloud that restarts is waited for, about a minute: who waits for a job would only ask again. */
const attempts = 12;

/** Looks at a job until it has ended, and yields each status that differs from the one before. */
export async function* watchJob(
  api: Api,
  token: string,
  id: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<JobStatus, void, void> {
  let seen = "";
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    const status = await api.call(getJobStatus, token, { params: { id }, signal }, { attempts });
    // The running time grows with every look, and is no news.
    const news = JSON.stringify({ ...status, duration: undefined });
    if (news !== seen) yield status;
    if (isTerminal(status.status)) return;
    seen = news;
    await api.context.clock.sleep(pauseMs, signal);
  }
}
