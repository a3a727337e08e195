/** How a long computation is observed and stopped from outside. */
export interface Watch {
  /** Set from outside, at any time, also from another thread. */
  readonly signal?: { readonly aborted: boolean };
  /** Told a fraction that never decreases, and what is being computed. */
  readonly onProgress?: (progress: number, phase: string) => void;
}

/** The computation was asked to stop. */
export class StoppedError extends Error {
  override readonly name = "StoppedError";
}

/** To be called at least every few milliseconds by whatever computes for long. @throws {StoppedError} */
export function checkStopped(watch: Watch): void {
  if (watch.signal?.aborted) throw new StoppedError("the computation was stopped on request");
}

/** The watch of a part of a computation, whose progress is from one fraction of the whole to another. */
export function partOf(watch: Watch, from: number, to: number): Watch {
  const { signal, onProgress } = watch;
  return {
    ...(signal === undefined ? {} : { signal }),
    ...(onProgress === undefined
      ? {}
      : { onProgress: (progress, phase) => onProgress(from + (to - from) * progress, phase) }),
  };
}
