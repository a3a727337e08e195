export interface DutyOptions {
  /** What it does, for the log: "… failed, and is tried again". */
  readonly name: string;
  readonly everyMs: number;
  readonly log: { error(detail: unknown, message: string): void };
}

/**
 * Does something again and again, one round after the other. A round that fails is logged, and the next one tries
 * again.
 * @returns how to stop it: after the round that is under way
 */
export function startDuty(
  work: () => Promise<void>,
  { name, everyMs, log }: DutyOptions,
): () => Promise<void> {
  let round = Promise.resolve();
  const timer = setInterval(() => {
    round = round
      .then(work)
      .catch((error: unknown) => log.error(error, `${name} failed, and is tried again at the next round`));
  }, everyMs);
  return () => {
    clearInterval(timer);
    return round;
  };
}
