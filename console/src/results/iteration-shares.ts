import { topStates } from "./states.ts";

interface Run {
  readonly distribution: Iterable<readonly [string, number]> & { readonly total: number };
}

/** How the likeliest states of all iterations together share each of them. */
export interface IterationShares {
  /** The likeliest first, or by photons in modes. */
  readonly states: readonly string[];
  /** Of each iteration, the share of each of these states, from 0 to 1. */
  readonly shares: readonly (readonly number[])[];
  readonly largest: number;
}

/** Counts become shares, so that iterations of different lengths compare. */
export function iterationShares(
  runs: readonly Run[],
  most: number,
  order: "value" | "state",
): IterationShares {
  const sums = new Map<string, number>();
  const maps = runs.map(({ distribution }) => {
    const { total } = distribution;
    return new Map([...distribution].map(([state, value]) => [state, total === 0 ? 0 : value / total]));
  });
  for (const each of maps) {
    for (const [state, share] of each) sums.set(state, (sums.get(state) ?? 0) + share);
  }
  const states = topStates(sums, most, order).entries.map(([state]) => state);
  const shares = maps.map((each) => states.map((state) => each.get(state) ?? 0));
  return { states, shares, largest: shares.flat().reduce((a, b) => Math.max(a, b), 0) };
}
