/** Memory that jobs running at the same time share. */
export interface MemoryBudget {
  readonly bytesMax: number;
  /** Whether somebody waits for memory: taking further jobs would only make it wait longer. */
  readonly contended: boolean;
  /** Resolves, in the order of asking, when so much is free. @returns how to give it back */
  reserve(bytes: number, signal: AbortSignal): Promise<() => void>;
}

export function createMemoryBudget(bytesMax: number): MemoryBudget {
  let freeBytes = bytesMax;
  const waiting: { readonly bytes: number; readonly go: () => void }[] = [];

  const serve = () => {
    for (let next = waiting[0]; next !== undefined && next.bytes <= freeBytes; next = waiting[0]) {
      freeBytes -= next.bytes;
      waiting.shift();
      next.go();
    }
  };

  return {
    bytesMax,
    get contended() {
      return waiting.length > 0;
    },
    async reserve(bytes, signal) {
      const turn = Promise.withResolvers<void>();
      const entry = { bytes, go: turn.resolve };
      const leave = () => {
        waiting.splice(waiting.indexOf(entry), 1);
        turn.reject(signal.reason);
        serve();
      };
      if (signal.aborted) throw signal.reason;
      waiting.push(entry);
      signal.addEventListener("abort", leave, { once: true });
      serve();
      try {
        await turn.promise;
      } finally {
        signal.removeEventListener("abort", leave);
      }
      let given = false;
      return () => {
        if (given) return;
        given = true;
        freeBytes += bytes;
        serve();
      };
    },
  };
}
