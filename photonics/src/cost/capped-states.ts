import { logBinomial, logStates } from "./log-binomial.ts";
import { type Magnitude, sum, ZERO } from "./magnitude.ts";

/**
 * How many states of k photons there are, for k = 0 … photonsMax, when mode i holds at most caps[i] photons
 * (Infinity for no bound). Modes with one bound are counted together: C(a, k) for threshold modes,
 * C(b + k - 1, k) for unbounded ones; the rest by convolution. Cost O(photonsMax^2 per different mode).
 */
export function statesByPhotons(caps: readonly number[], photonsMax: number): Magnitude[] {
  let clicks = 0;
  let unbounded = 0;
  const bounded: number[] = [];
  for (const cap of caps) {
    if (cap === 0) continue;
    if (cap === 1) clicks++;
    else if (cap >= photonsMax) unbounded++;
    else bounded.push(cap);
  }
  const each = (count: (photons: number) => Magnitude) =>
    Array.from({ length: photonsMax + 1 }, (_, k) => count(k));
  let total = each((k) => logStates(unbounded, k));
  if (clicks > 0)
    total = convolve(
      total,
      each((k) => logBinomial(clicks, k)),
    );
  for (const cap of bounded)
    total = convolve(
      total,
      each((k) => (k <= cap ? 0 : ZERO)),
    );
  return total;
}

/** The sum of `counts[from … to]`, both included. */
export function between(counts: readonly Magnitude[], from: number, to: number): Magnitude {
  return sum(...counts.slice(Math.max(0, from), to + 1));
}

function convolve(a: readonly Magnitude[], b: readonly Magnitude[]): Magnitude[] {
  return a.map((_, k) => {
    const terms: Magnitude[] = [];
    for (let i = 0; i <= k; i++) {
      const term = a[i]! + b[k - i]!;
      if (term > ZERO) terms.push(term);
    }
    return sum(...terms);
  });
}
