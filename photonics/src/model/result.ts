/**
 * A set of output states of equal modes, with a number for each: state i's photon counts are
 * `counts[i·modes .. (i+1)·modes]`.
 */
export interface StateTable {
  readonly modes: number;
  readonly counts: Uint16Array;
  readonly values: Float64Array;
}

/** What one run gives. */
export interface RunResult {
  readonly results:
    | { readonly kind: "distribution"; readonly table: StateTable }
    | { readonly kind: "counts"; readonly table: StateTable }
    /** `order[k]` is the row of the table that the k-th sample is. */
    | { readonly kind: "samples"; readonly table: StateTable; readonly order: Uint32Array };
  /** Probability that an event has enough detected photons; absent where only the product is known. */
  readonly physicalPerf?: number;
  /** Probability that such an event fulfils heralds and post-selection. */
  readonly logicalPerf?: number;
  readonly globalPerf: number;
}

export interface SimulationResult {
  /** One run, or one for each iteration that was finished. */
  readonly runs: readonly RunResult[];
  readonly iterated: boolean;
  /** What randomness was drawn from. */
  readonly seed: number;
}
