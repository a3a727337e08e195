import type { CloudContext } from "./cloud-context.ts";
import { CloudError } from "./cloud-error.ts";
import { followJobs, type JobNews } from "./follow-jobs.ts";

/** Listens for news of one job. */
export interface Hearing {
  /** Whether a stream is open that would tell. */
  isOpen(): boolean;
  /** Resolves with what was told, as soon as there is something, or with nothing after as many milliseconds. */
  news(ms: number, signal?: AbortSignal): Promise<readonly JobNews[]>;
  end(): void;
}

/** One stream for all jobs of an account that are watched at the same time: clouds bound how many it may follow. */
interface Shared {
  readonly listeners: Map<object, (news: JobNews) => void>;
  readonly stop: AbortController;
  isOpen: boolean;
}

const streams = new WeakMap<CloudContext, Map<string, Shared>>();

export function hearOf(context: CloudContext, token: string, jobId: string): Hearing {
  const shared = sharedStream(context, token);
  const self = {};
  const heard: JobNews[] = [];
  let ring: (() => void) | undefined;
  shared.listeners.set(self, (news) => {
    if ("job_id" in news && news.job_id !== jobId) return;
    heard.push(news);
    ring?.();
  });
  return {
    isOpen: () => shared.isOpen,
    async news(ms, signal) {
      if (heard.length === 0) {
        const rung = new AbortController();
        ring = () => rung.abort();
        const either = signal === undefined ? rung.signal : AbortSignal.any([signal, rung.signal]);
        await context.clock.sleep(ms, either).catch((error: unknown) => {
          signal?.throwIfAborted();
          if (!rung.signal.aborted) throw error;
        });
      }
      return heard.splice(0);
    },
    end() {
      shared.listeners.delete(self);
      if (shared.listeners.size > 0) return;
      streams.get(context)?.delete(token);
      shared.stop.abort();
    },
  };
}

function sharedStream(context: CloudContext, token: string): Shared {
  const ofContext = streams.get(context) ?? new Map<string, Shared>();
  streams.set(context, ofContext);
  const found = ofContext.get(token);
  if (found !== undefined) return found;
  const made: Shared = { listeners: new Map(), stop: new AbortController(), isOpen: false };
  ofContext.set(token, made);
  void tell(context, token, made);
  return made;
}

/** A stream that is refused for good stays silent: whoever listens looks by itself then. */
async function tell(context: CloudContext, token: string, shared: Shared): Promise<void> {
  try {
    for await (const news of followJobs(context, token, { signal: shared.stop.signal })) {
      if (news.kind === "begun" || news.kind === "broken") shared.isOpen = news.kind === "begun";
      for (const listener of shared.listeners.values()) listener(news);
    }
  } catch (error) {
    shared.isOpen = false;
    if (!(error instanceof CloudError) && !shared.stop.signal.aborted) throw error;
  }
}
