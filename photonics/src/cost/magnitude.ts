/**
 * A positive quantity by its decimal logarithm, so that C(1999, 1000) states are a number like any other.
 * Zero is -Infinity.
 */
export type Magnitude = number;

export const ZERO: Magnitude = Number.NEGATIVE_INFINITY;

export function magnitude(quantity: number): Magnitude {
  return Math.log10(quantity);
}

/** log10 of the sum of the quantities. */
export function sum(...magnitudes: readonly Magnitude[]): Magnitude {
  let largest = ZERO;
  for (const each of magnitudes) if (each > largest) largest = each;
  if (largest === ZERO) return ZERO;
  let scaled = 0;
  for (const each of magnitudes) scaled += 10 ** (each - largest);
  return largest + Math.log10(scaled);
}

/** The quantity itself; Infinity above 1.8e308. Whole numbers below 2^40 come back whole. */
export function quantity(of: Magnitude): number {
  const exact = 10 ** of;
  return exact < 2 ** 40 && Math.abs(exact - Math.round(exact)) < 1e-9 * exact ? Math.round(exact) : exact;
}

/** For people: `1234`, `20 million`, `8.3e8`, `2e600`. */
export function formatMagnitude(of: Magnitude): string {
  if (of === ZERO) return "0";
  if (of < 6) {
    const small = quantity(of);
    return Number.isInteger(small) ? String(small) : small.toPrecision(3);
  }
  const exponent = Math.floor(of);
  const mantissa = (10 ** (of - exponent)).toFixed(1);
  return mantissa === "10.0" ? `1.0e${exponent + 1}` : `${mantissa}e${exponent}`;
}

const BYTE_UNITS = ["B", "KiB", "MiB", "GiB", "TiB"] as const;

export function formatBytes(of: Magnitude): string {
  const step = Math.log10(1024);
  const unit = Math.min(Math.max(0, Math.floor(of / step)), BYTE_UNITS.length - 1);
  return `${formatMagnitude(of - unit * step)} ${BYTE_UNITS[unit]}`;
}
