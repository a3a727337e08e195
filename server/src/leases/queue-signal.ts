/** Wakes workers that wait for a job of a platform: one for each job, never the whole herd. */
export interface QueueSignal {
  /** A job of this platform waits: wakes the worker that has waited longest. */
  raise(platformId: string): void;
  /** Something may wait anywhere: wakes every worker. */
  raiseAll(): void;
  /** Resolves when one of the platforms is raised, the time is over or the signal aborts. */
  wait(platformIds: readonly string[], timeoutMs: number, signal: AbortSignal): Promise<void>;
}

interface Waiter {
  readonly platformIds: readonly string[];
  wake(): void;
}

export function createQueueSignal(): QueueSignal {
  const waiters = new Set<Waiter>();
  return {
    raise(platformId) {
      for (const waiter of waiters) {
        if (waiter.platformIds.includes(platformId)) return waiter.wake();
      }
    },
    raiseAll() {
      for (const waiter of [...waiters]) waiter.wake();
    },
    wait(platformIds, timeoutMs, signal) {
      return new Promise((resolve) => {
        const waiter: Waiter = {
          platformIds,
          wake() {
            waiters.delete(waiter);
            clearTimeout(timer);
            signal.removeEventListener("abort", waiter.wake);
            resolve();
          },
        };
        const timer = setTimeout(waiter.wake, timeoutMs);
        signal.addEventListener("abort", waiter.wake, { once: true });
        waiters.add(waiter);
        if (signal.aborted) waiter.wake();
      });
    },
  };
}
