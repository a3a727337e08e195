import { setTimeout as sleep } from "node:timers/promises";

export interface DutyLog {
  info(detail: object, message: string): void;
  warn(detail: object, message: string): void;
  error(detail: unknown, message: string): void;
}

export interface DutyOptions {
  /** What it does, for the log: "… failed, and is tried again". */
  readonly name: string;
  readonly everyMs: number;
  readonly log: Pick<DutyLog, "error">;
  /** At least 0 and less than 1. */
  readonly random?: () => number;
}

/**
 * Does something again and again, one round after the other. All processes do, and so at instants that are drawn. A
 * round that fails is logged, and the next one tries again.
 * @returns how to stop it: after the round that is under way
 */
export function startDuty(work: () => Promise<void>, options: DutyOptions): () => Promise<void> {
  const stopping = new AbortController();
  const rounds = run(work, options, stopping.signal);
  return async () => {
    stopping.abort();
    await rounds;
  };
}

async function run(
  work: () => Promise<void>,
  { name, everyMs, log, random = Math.random }: DutyOptions,
  stopping: AbortSignal,
): Promise<void> {
  while (!stopping.aborted) {
    await sleep(everyMs * (0.8 + 0.4 * random()), undefined, { signal: stopping }).catch(ignoreAbort);
    if (stopping.aborted) return;
    try {
      await work();
    } catch (error) {
      log.error(error, `${name} failed, and is tried again at the next round`);
    }
  }
}

/** A sleep that is cut short rejects; the loop's own condition then ends it. */
function ignoreAbort(reason: unknown): void {
  if (!(reason instanceof Error && reason.name === "AbortError")) throw reason;
}
