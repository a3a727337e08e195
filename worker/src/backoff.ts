import { Problem } from "@corbenic/protocol";
import type { Machine } from "./machine.ts";

/** Pauses between tries that fail. */
export interface Backoff {
  /** Waits before the next try, and returns for how long it meant to. */
  pause(error: unknown, signal?: AbortSignal): Promise<number>;
  reset(): void;
}

/**
 * Exponential backoff with full jitter: each pause is drawn between nothing and a bound that doubles, so that workers
 * that lost the cloud at the same instant do not come back at the same instant. A cloud that says when to come back
 * is not asked earlier.
 */
export function createBackoff(
  machine: Pick<Machine, "random" | "sleep">,
  { firstMs = 500, longestMs = 15_000 } = {},
): Backoff {
  let boundMs = firstMs;
  return {
    async pause(error, signal) {
      const ms = Math.round(askedMs(error) + machine.random() * boundMs);
      boundMs = Math.min(boundMs * 2, longestMs);
      await machine.sleep(ms, signal);
      return ms;
    },
    reset() {
      boundMs = firstMs;
    },
  };
}

function askedMs(error: unknown): number {
  const seconds = error instanceof Problem ? error.detail.retry_after_s : undefined;
  return typeof seconds === "number" ? seconds * 1000 : 0;
}

/** Whether the cloud has decided, so that sending the same again would change nothing. */
export function isRefusal(error: unknown): error is Problem {
  return error instanceof Problem && error.status < 500 && error.status !== 429 && error.status !== 408;
}
