/** Each output state, such as `|2,0>`, with its probability or count. */
export type States = ReadonlyMap<string, number>;

export type Order = "value" | "state";

/** Some states of many, and what the others add up to. */
export interface Shown {
  readonly entries: readonly (readonly [state: string, value: number])[];
  readonly othersCount: number;
  readonly othersValue: number;
}

/** The `most` largest entries, in the order that is asked for. One pass over the states, whatever their number. */
export function topStates(states: States, most: number, order: Order): Shown {
  const kept: [string, number][] = [];
  let smallest = Number.NEGATIVE_INFINITY;
  let total = 0;
  for (const entry of states) {
    total += entry[1];
    if (kept.length === most && entry[1] <= smallest) continue;
    insert(kept, entry, most);
    if (kept.length === most) smallest = kept.at(-1)![1];
  }
  const shown = kept.reduce((sum, [, value]) => sum + value, 0);
  if (order === "state") kept.sort(([a], [b]) => compareStates(a, b));
  return {
    entries: kept,
    othersCount: states.size - kept.length,
    othersValue: states.size === kept.length ? 0 : Math.max(0, total - shown),
  };
}

function insert(kept: [string, number][], entry: [string, number], most: number): void {
  let low = 0;
  let high = kept.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (kept[middle]![1] >= entry[1]) low = middle + 1;
    else high = middle;
  }
  kept.splice(low, 0, entry);
  if (kept.length > most) kept.pop();
}

/** The photon counts of a state as it is written; annotations are left out. */
export function countsOf(state: string): number[] {
  const inner = state
    .replace(/^\|/, "")
    .replace(/>$/, "")
    .replace(/\{[^}]*\}/g, "");
  return inner === "" ? [] : inner.split(",").map(Number);
}

/** States with photons in the first modes come first, as in |2,0>, |1,1>, |0,2>. */
export function compareStates(a: string, b: string): number {
  const left = countsOf(a);
  const right = countsOf(b);
  for (let mode = 0; mode < Math.max(left.length, right.length); mode++) {
    const difference = (right[mode] ?? 0) - (left[mode] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** How much there is of each number of photons. */
export function byPhotonNumber(states: States): Map<number, number> {
  const sums = new Map<number, number>();
  for (const [state, value] of states) {
    const photons = countsOf(state).reduce((sum, count) => sum + count, 0);
    sums.set(photons, (sums.get(photons) ?? 0) + value);
  }
  return new Map([...sums].sort(([a], [b]) => a - b));
}

/** Half the summed difference of two distributions after each was normalized: 0 for equal, 1 for disjoint ones. */
export function totalVariationDistance(a: States, b: States): number {
  const sumA = sumOf(a);
  const sumB = sumOf(b);
  if (sumA === 0 || sumB === 0) return sumA === sumB ? 0 : 1;
  let distance = 0;
  for (const [state, value] of a) distance += Math.abs(value / sumA - (b.get(state) ?? 0) / sumB);
  for (const [state, value] of b) if (!a.has(state)) distance += value / sumB;
  return distance / 2;
}

function sumOf(states: States): number {
  let sum = 0;
  for (const value of states.values()) sum += value;
  return sum;
}
