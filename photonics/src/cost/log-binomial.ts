import type { Magnitude } from "./magnitude.ts";
import { ZERO } from "./magnitude.ts";

/** log10 k! for k = 0, 1, …, grown on demand: exact sums of logarithms, so that differences stay accurate. */
const logFactorials: number[] = [0];

function logFactorial(k: number): number {
  if (k > 1_000_000) return stirling(k);
  for (let next = logFactorials.length; next <= k; next++) {
    logFactorials.push(logFactorials[next - 1]! + Math.log10(next));
  }
  return logFactorials[k]!;
}

/** Error below 1 / (360 k^3), nothing at the sizes that need it. */
function stirling(k: number): number {
  return (k * Math.log(k) - k + 0.5 * Math.log(2 * Math.PI * k) + 1 / (12 * k)) / Math.LN10;
}

/** log10 of n choose k. */
export function logBinomial(n: number, k: number): Magnitude {
  if (k < 0 || k > n) return ZERO;
  return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
}

/** log10 of the number of Fock states of `photons` photons on `modes` modes: C(modes + photons - 1, photons). */
export function logStates(modes: number, photons: number): Magnitude {
  if (photons < 0) return ZERO;
  if (modes === 0) return photons === 0 ? 0 : ZERO;
  return logBinomial(modes + photons - 1, photons);
}
