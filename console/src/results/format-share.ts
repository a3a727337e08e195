/** A probability with four decimals, three digits where it is small, or an exponent where these would hide it. */
export function formatShare(value: number): string {
  if (value === 0 || value === 1) return String(value);
  if (Math.abs(value) < 1e-4) return value.toExponential(2);
  return Math.abs(value) < 0.01 ? value.toPrecision(3) : value.toFixed(4);
}
