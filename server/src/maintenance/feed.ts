import type { EventFeed } from "../events/event-feed.ts";

/** Lets the feed of events look for new ones again and again. @returns how to stop it */
export function startFeed(
  feed: EventFeed,
  { everyMs, log }: { everyMs: number; log: { error(detail: unknown, message: string): void } },
): () => Promise<void> {
  let look = Promise.resolve();
  const timer = setInterval(() => {
    look = feed
      .look()
      .catch((error: unknown) =>
        log.error(error, "the feed of events failed, and looks again at its next round"),
      );
  }, everyMs);
  return () => {
    clearInterval(timer);
    return look;
  };
}
