import { type States, topStates } from "./states.ts";

/** A state's share in each of two distributions. */
export interface Pair {
  readonly state: string;
  readonly first: number;
  readonly second: number;
}

/** The states that weigh most in the two together, the heaviest first, with their shares in each. */
export function pairStates(first: States, second: States, most: number): Pair[] {
  const a = sharesOf(first);
  const b = sharesOf(second);
  const together = new Map(a);
  for (const [state, share] of b) together.set(state, (together.get(state) ?? 0) + share);
  return topStates(together, most, "value").entries.map(([state]) => ({
    state,
    first: a.get(state) ?? 0,
    second: b.get(state) ?? 0,
  }));
}

function sharesOf(states: States): Map<string, number> {
  let sum = 0;
  for (const value of states.values()) sum += value;
  return new Map([...states].map(([state, value]) => [state, sum === 0 ? 0 : value / sum]));
}
