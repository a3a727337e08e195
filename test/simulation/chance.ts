/** Everything that a simulation leaves to chance, drawn from its seed. */
export interface Chance {
  /** At least 0 and less than 1. */
  next(): number;
  /** Whether something of this probability happens. */
  happens(probability: number): boolean;
  between(low: number, high: number): number;
  /** A whole number, both bounds included. */
  integer(low: number, high: number): number;
  /** Small ones far more often than large ones, over orders of magnitude. */
  scaled(low: number, high: number): number;
  pick<T>(items: readonly T[]): T;
}

/** SplitMix32 and mulberry32: small, and the same on every machine. */
export function createChance(seed: number): Chance {
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) | 0;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (low: number, high: number) => low + (high - low) * next();
  const integer = (low: number, high: number) => low + Math.floor((high - low + 1) * next());
  return {
    next,
    between,
    integer,
    happens: (probability) => next() < probability,
    scaled: (low, high) => Math.exp(between(Math.log(low), Math.log(high))),
    pick: (items) => items[integer(0, items.length - 1)]!,
  };
}
