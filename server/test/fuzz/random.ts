/** Randomness that a seed gives again: numbers, choices and chances. */
export interface Random {
  /** At least 0 and less than 1. */
  number(): number;
  /** From 0 up to `below`, which it never is. */
  integer(below: number): number;
  chance(probability: number): boolean;
  pick<T>(from: readonly T[]): T;
}

/** Mulberry32, after Tommy Ettinger: small, fast, and good enough to choose requests by. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const number = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const integer = (below: number) => Math.floor(number() * below);
  return {
    number,
    integer,
    chance: (probability) => number() < probability,
    pick: (from) => from[integer(from.length)]!,
  };
}
