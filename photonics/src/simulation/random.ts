/** A source of uniform numbers in [0, 1) that is determined by its seed. */
export interface Random {
  next(): number;
}

/**
 * xoshiro128** by D. Blackman and S. Vigna (ACM Trans. Math. Softw. 47, 2021), seeded through SplitMix32, giving
 * 53 random bits from two steps. The same seed gives the same numbers on every machine.
 */
export function createRandom(seed: number): Random {
  const state = new Uint32Array(4);
  let mix = (seed >>> 0) ^ (Math.floor(seed / 2 ** 32) * 0x9e3779b9);
  for (let i = 0; i < 4; i++) {
    mix = (mix + 0x9e3779b9) | 0;
    let word = Math.imul(mix ^ (mix >>> 16), 0x21f0aaad);
    word = Math.imul(word ^ (word >>> 15), 0x735a2d97);
    state[i] = word ^ (word >>> 15);
  }
  const step = (): number => {
    const [a, b, c, d] = state as unknown as [number, number, number, number];
    const scrambled = Math.imul(b, 5);
    const result = Math.imul((scrambled << 7) | (scrambled >>> 25), 9) >>> 0;
    state[2] = c ^ a;
    state[3] = d ^ b;
    state[1] = b ^ state[2]!;
    state[0] = a ^ state[3]!;
    state[2] = state[2]! ^ (b << 9);
    state[3] = (state[3]! << 11) | (state[3]! >>> 21);
    return result;
  };
  return { next: () => ((step() >>> 5) * 2 ** 26 + (step() >>> 6)) / 2 ** 53 };
}

/** A seed for a job that gave none. */
export function drawSeed(): number {
  return Math.floor(Math.random() * 2 ** 53);
}
