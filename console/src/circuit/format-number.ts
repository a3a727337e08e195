/** Denominators that an angle is tried against before it is written as a decimal. */
const denominators = [1, 2, 3, 4, 6, 8, 12, 16];
const close = 1e-9;

/** An angle in radians as people write it: `π/2`, `-3π/4`, `0.615`. */
export function formatAngle(radians: number): string {
  if (Math.abs(radians) < close) return "0";
  for (const denominator of denominators) {
    const numerator = (radians * denominator) / Math.PI;
    const whole = Math.round(numerator);
    if (whole === 0 || Math.abs(numerator - whole) > close || Math.abs(whole) > 99) continue;
    const times = whole === 1 ? "" : whole === -1 ? "-" : String(whole);
    return `${times}π${denominator === 1 ? "" : `/${denominator}`}`;
  }
  return formatNumber(radians);
}

/** At most three decimals, or an exponent where these would hide the number. */
export function formatNumber(value: number): string {
  if (value === 0) return "0";
  if (Math.abs(value) < 1e-3 || Math.abs(value) >= 1e6) return value.toExponential(2);
  return String(Number(value.toFixed(3)));
}
