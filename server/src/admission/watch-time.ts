/** Processor time of a thread beside the time of everybody. */
export interface Clock {
  /** Processor time that the thread has taken so far; rejects while it does not run. */
  spentMs(): Promise<number>;
  now(): number;
  /** @returns how to call it off */
  after(ms: number, act: () => void): () => void;
}

export interface TimeLimits {
  /** Processor time that the thread may take. */
  readonly checkMs: number;
  /** How long it may last where this machine is busy otherwise. */
  readonly patienceMs: number;
}

/**
 * Watches what a thread takes from now on, until it is stopped or over: by what the thread itself has taken, or by
 * what else this machine did meanwhile.
 */
export function watchTime(
  clock: Clock,
  { checkMs, patienceMs }: TimeLimits,
  onOver: (by: "thread" | "machine") => void,
): { stop(): void } {
  const begun = clock.now();
  const spentMs = () => clock.spentMs().catch(() => 0);
  const before = spentMs();
  let stopped = false;
  let callOff = clock.after(checkMs, () => void look());

  async function look(): Promise<void> {
    const spent = (await spentMs()) - (await before);
    if (stopped) return;
    if (spent >= checkMs) onOver("thread");
    else if (clock.now() - begun >= patienceMs) onOver("machine");
    else callOff = clock.after(checkMs - spent, () => void look());
  }
  return {
    stop() {
      stopped = true;
      callOff();
    },
  };
}
