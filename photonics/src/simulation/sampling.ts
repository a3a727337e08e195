import type { Random } from "./random.ts";

/** Draws indices with probabilities in proportion to weights, each in constant time (A. J. Walker, 1977). */
export function createSampler(weights: Float64Array, random: Random): () => number {
  const size = weights.length;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const share = weights.map((weight) => (weight * size) / total);
  const alias = new Uint32Array(size);
  const small: number[] = [];
  const large: number[] = [];
  for (let i = 0; i < size; i++) (share[i]! < 1 ? small : large).push(i);
  while (small.length > 0 && large.length > 0) {
    const less = small.pop()!;
    const more = large.at(-1)!;
    alias[less] = more;
    share[more]! -= 1 - share[less]!;
    if (share[more]! < 1) small.push(large.pop()!);
  }
  // What rounding leaves over is whole.
  for (const i of [...small, ...large]) share[i] = 1;
  return () => {
    const i = Math.floor(random.next() * size);
    return random.next() < share[i]! ? i : alias[i]!;
  };
}

/** Draws one index with a probability in proportion to its weight, in a time of as many steps. */
export function drawIndex(weights: ArrayLike<number>, random: Random): number {
  let total = 0;
  for (let i = 0; i < weights.length; i++) total += weights[i]!;
  let left = random.next() * total;
  let index = -1;
  for (let i = 0; i < weights.length; i++) {
    if (weights[i]! <= 0) continue;
    index = i;
    left -= weights[i]!;
    if (left < 0) break;
  }
  return index;
}

/**
 * How many trials it takes until one succeeds, from 1 on; infinitely many when none can.
 * @param success probability of each trial
 */
export function trialsUntilSuccess(success: number, random: Random): number {
  if (success >= 1) return 1;
  if (!(success > 0)) return Number.POSITIVE_INFINITY;
  return 1 + Math.floor(Math.log(1 - random.next()) / Math.log1p(-success));
}
