import type { Distribution } from "./distribution.ts";
import type { Random } from "./random.ts";

/** Draws keys of a distribution with their probabilities, each in constant time (A. J. Walker, 1977). */
export function createSampler(distribution: Distribution, random: Random): () => string {
  const keys = [...distribution.keys()];
  const size = keys.length;
  let total = 0;
  for (const probability of distribution.values()) total += probability;
  const share = Float64Array.from(distribution.values(), (probability) => (probability * size) / total);
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
    return keys[random.next() < share[i]! ? i : alias[i]!]!;
  };
}
