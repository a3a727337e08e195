import { type Endpoint, followEvents, type JobState } from "@corbenic/protocol";
import { Api, type CallOptions } from "./api.ts";
import type { CloudContext } from "./cloud-context.ts";
import { CloudError } from "./cloud-error.ts";
import { isPassing } from "./retry.ts";
import { readEvents, type ServerEvent } from "./server-events.ts";

/** A job has a new status. */
export interface StatusNews {
  readonly kind: "job";
  readonly job_id: string;
  readonly status: JobState;
  /** Seconds since the epoch. */
  readonly at: number;
  readonly message: string | null;
}

/** How far a running job is. */
export interface ProgressNews {
  readonly kind: "progress";
  readonly job_id: string;
  readonly progress: number;
  readonly progress_message: string | null;
}

/** The stream has begun, first or again, or has broken off: between them progress may go untold. */
export interface StreamNews {
  readonly kind: "begun" | "broken";
}

export type JobNews = StatusNews | ProgressNews | StreamNews;

export interface FollowOptions extends CallOptions {
  /** Whose jobs: those of the account that asks, or what another stream of the cloud tells of. */
  readonly stream?: Endpoint;
}

const firstPauseMs = 500;
const longestPauseMs = 15_000;

/**
 * Tells what becomes of jobs until the signal aborts. A stream that breaks off, or is not to be had for the moment, is
 * taken up again where it was.
 * @throws {CloudError} when the cloud refuses it for good
 */
export async function* followJobs(
  context: CloudContext,
  token: string | undefined,
  { stream = followEvents, signal }: FollowOptions = {},
): AsyncGenerator<JobNews, never, void> {
  const api = new Api(context, stream.path);
  let last: string | undefined;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
    const body = await api.open(stream, token, { lastEventId: last, signal }).catch((error: unknown) => {
      if (error instanceof CloudError && mayPass(error)) return null;
      throw error;
    });
    if (body !== null) {
      yield { kind: "begun" };
      for await (const event of untilBroken(body, signal)) {
        last = event.id ?? last;
        const news = newsOf(event);
        if (news !== undefined) yield news;
      }
      yield { kind: "broken" };
      pauseMs = firstPauseMs;
    }
    await context.clock.sleep(pauseMs, signal);
  }
}

/** Whether the stream may be had later: nobody answered, or the cloud has too much to do. */
function mayPass(error: CloudError): boolean {
  const { status } = error;
  return isPassing(error) || (status !== undefined && (status === 429 || status >= 500));
}

/** The events of a connection; that it breaks off is its end, that the signal aborts is not. */
async function* untilBroken(
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal | undefined,
): AsyncGenerator<ServerEvent, void, void> {
  const events = readEvents(body);
  try {
    for (;;) {
      const { done, value } = await events.next().catch(() => ({ done: true, value: undefined }) as const);
      signal?.throwIfAborted();
      if (done) return;
      yield value;
    }
  } finally {
    await events.return();
  }
}

/** @returns undefined for what a later cloud may tell besides */
function newsOf({ name, data }: ServerEvent): JobNews | undefined {
  if (name !== "job" && name !== "progress") return undefined;
  try {
    return { kind: name, ...JSON.parse(data) } as JobNews;
  } catch (cause) {
    throw new CloudError("unexpected_answer", `The stream of events has a ${name} event that is not JSON.`, {
      cause,
    });
  }
}
