/**
 * The order of all states of n photons in m modes that dense arrays are laid out in: |n,0,…>, …, |0,…,n>, descending.
 * The state s has the rank Σᵢ before[i][photons behind mode i].
 */
export interface StateOrder {
  readonly modes: number;
  /** [mode][photons behind it] → how many states with the same beginning come first: C(r+m−2−i, m−1−i). */
  readonly before: readonly Float64Array[];
}

/** How many states n photons have in m modes: C(n+m−1, n), in floating point. */
export function countStates(photons: number, modes: number): number {
  if (modes === 0) return photons === 0 ? 1 : 0;
  let count = 1;
  for (let i = 1; i <= photons; i++) count = (count * (modes - 1 + i)) / i;
  return Math.round(count);
}

/** The order for up to so many photons. */
export function stateOrder(modes: number, photonsMax: number): StateOrder {
  const before = Array.from({ length: modes }, (_, mode) =>
    Float64Array.from({ length: photonsMax + 1 }, (_, behind) =>
      behind === 0 || mode === modes - 1 ? 0 : countStates(behind - 1, modes - mode),
    ),
  );
  return { modes, before };
}

/** Where a state of so many photons stands among those of as many. */
export function rankOf({ before }: StateOrder, counts: ArrayLike<number>, photons: number): number {
  let rank = 0;
  for (let mode = 0, behind = photons; behind > 0; mode++) {
    behind -= counts[mode]!;
    rank += before[mode]![behind]!;
  }
  return rank;
}

/** Visits every state in order. The counts are of one array that changes between visits. */
export function forEachState(
  photons: number,
  modes: number,
  visit: (counts: Uint16Array, rank: number) => void,
): void {
  const counts = new Uint16Array(modes);
  let rank = 0;
  const descend = (mode: number, rest: number) => {
    if (mode >= modes - 1) {
      if (modes > 0) counts[mode] = rest;
      visit(counts, rank++);
      return;
    }
    for (let count = rest; count >= 0; count--) {
      counts[mode] = count;
      descend(mode + 1, rest - count);
    }
  };
  descend(0, photons);
}
