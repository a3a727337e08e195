/** Wakes workers that wait for a job of a platform: one for each job, never the whole herd. */
export interface QueueSignal {
  /** A job of this platform waits: wakes the worker that has waited longest, or tells other processes. */
  raise(platformId: string): void;
  /** Something may wait anywhere: wakes every worker. */
  raiseAll(): void;
  /** So many jobs of this platform wait, another process says: wakes as many workers at most. */
  hear(platformId: string, jobs: number): void;
  /** How many wait for a job of each platform. */
  waiting(): ReadonlyMap<string, number>;
  /**
   * Resolves when one of the platforms is raised, the time is over or the signal aborts; at once when one was raised
   * a moment ago and nobody heard it.
   */
  wait(platformIds: readonly string[], timeoutMs: number, signal: AbortSignal): Promise<void>;
  /** Milliseconds of the clock that `wait` waits by; differences mean something, values do not. */
  now(): number;
}

/** What waits are measured with. */
export interface SignalClock {
  now(): number;
  /** @returns how to call it off */
  after(ms: number, act: () => void): () => void;
}

const ownClock: SignalClock = {
  now: () => performance.now(),
  after(ms, act) {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
};

interface Waiter {
  readonly platformIds: readonly string[];
  wake(): void;
}

/** Longer than it takes to look at the queue. */
const freshMs = 1_000;

/** @param tellOthers is called for a job of a platform for which nobody waits in this process */
export function createQueueSignal(
  tellOthers: (platformId: string) => void = () => undefined,
  clock: SignalClock = ownClock,
): QueueSignal {
  const waiters = new Set<Waiter>();
  /** When a platform was last raised with nobody waiting: a worker may just have looked, and be about to wait. */
  const unheard = new Map<string, number>();

  function wakeOne(platformId: string): boolean {
    for (const waiter of waiters) {
      if (!waiter.platformIds.includes(platformId)) continue;
      waiter.wake();
      return true;
    }
    unheard.set(platformId, clock.now());
    return false;
  }

  function takeUnheard(platformIds: readonly string[]): boolean {
    const fresh = clock.now() - freshMs;
    const platformId = platformIds.find((id) => (unheard.get(id) ?? Number.NEGATIVE_INFINITY) >= fresh);
    return platformId !== undefined && unheard.delete(platformId);
  }

  return {
    now: clock.now,
    raise(platformId) {
      if (!wakeOne(platformId)) tellOthers(platformId);
    },
    raiseAll() {
      for (const waiter of [...waiters]) waiter.wake();
    },
    hear(platformId, jobs) {
      for (let job = 0; job < jobs && wakeOne(platformId); job++);
    },
    waiting() {
      const counts = new Map<string, number>();
      for (const { platformIds } of waiters)
        for (const id of platformIds) counts.set(id, (counts.get(id) ?? 0) + 1);
      return counts;
    },
    wait(platformIds, timeoutMs, signal) {
      if (takeUnheard(platformIds)) return Promise.resolve();
      return new Promise((resolve) => {
        const waiter: Waiter = {
          platformIds,
          wake() {
            waiters.delete(waiter);
            callOff();
            signal.removeEventListener("abort", waiter.wake);
            resolve();
          },
        };
        const callOff = clock.after(timeoutMs, waiter.wake);
        signal.addEventListener("abort", waiter.wake, { once: true });
        waiters.add(waiter);
        if (signal.aborted) waiter.wake();
      });
    },
  };
}
