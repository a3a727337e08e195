/**
 * How probable counts are that deviate from a distribution at least as much as these: K. Pearson's chi-square test
 * (1900). Cells of fewer than five expected counts are pooled into one, and that one, when it is still so small, with
 * the smallest of the others. An outcome that cannot be and was drawn leaves no chance.
 *
 * @param counts how often each outcome was drawn
 * @param distribution the probability of each outcome, up to a common factor
 * @returns from 0, impossible, to 1; 1 where there is nothing to compare
 */
export function chiSquareTest(
  counts: ReadonlyMap<string, number>,
  distribution: ReadonlyMap<string, number>,
): number {
  const total = sum(counts.values());
  const weight = sum(distribution.values());
  if (total === 0) return 1;
  const cells = [...new Set([...counts.keys(), ...distribution.keys()])]
    .map((outcome) => ({
      count: counts.get(outcome) ?? 0,
      expected: (total * (distribution.get(outcome) ?? 0)) / weight,
    }))
    .sort((a, b) => b.expected - a.expected);
  if (cells.some(({ count, expected }) => count > 0 && expected === 0)) return 0;
  const enough = cells.filter(({ expected }) => expected >= expectedMin);
  const pool = { count: 0, expected: 0 };
  for (const cell of cells.slice(enough.length)) addTo(pool, cell);
  while (pool.expected > 0 && pool.expected < expectedMin && enough.length > 0) addTo(pool, enough.pop()!);
  if (pool.expected > 0) enough.push(pool);
  const statistic = sum(enough.map(({ count, expected }) => (count - expected) ** 2 / expected));
  return enough.length < 2 ? 1 : chiSquareSurvival(statistic, enough.length - 1);
}

const expectedMin = 5;

interface Cell {
  count: number;
  expected: number;
}

function addTo(pool: Cell, { count, expected }: Cell): void {
  pool.count += count;
  pool.expected += expected;
}

function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}

/** The probability that a chi-square variable of so many degrees of freedom exceeds a value: Q(freedom/2, value/2). */
export function chiSquareSurvival(value: number, freedom: number): number {
  const [a, x] = [freedom / 2, value / 2];
  if (x <= 0) return 1;
  return x < a + 1 ? 1 - lowerBySeries(a, x) : upperByFraction(a, x);
}

/** P(a, x) = xᵃ·e⁻ˣ/Γ(a+1) · Σ xᵏ/((a+1)…(a+k)), which converges fast below the mean. */
function lowerBySeries(a: number, x: number): number {
  let term = 1;
  let total = 1;
  for (let k = 1; term > total * Number.EPSILON; k++) {
    term *= x / (a + k);
    total += term;
  }
  return total * Math.exp(a * Math.log(x) - x - logGamma(a + 1));
}

/** Q(a, x) by Legendre's continued fraction, evaluated by the method of Lentz, which converges fast above the mean. */
function upperByFraction(a: number, x: number): number {
  const tiny = 1e-300;
  let b = x + 1 - a;
  let c = 1 / tiny;
  let d = 1 / b;
  let fraction = d;
  for (let k = 1, change = 0; Math.abs(change - 1) > Number.EPSILON && k < 10_000; k++) {
    const numerator = -k * (k - a);
    b += 2;
    d = 1 / nonZero(numerator * d + b, tiny);
    c = nonZero(b + numerator / c, tiny);
    change = c * d;
    fraction *= change;
  }
  return Math.exp(a * Math.log(x) - x - logGamma(a)) * fraction;
}

function nonZero(number: number, tiny: number): number {
  return number === 0 ? tiny : number;
}

/** ln Γ(z) for z > 0: Stirling's series above 10, and Γ(z+1) = z·Γ(z) to get there. */
export function logGamma(z: number): number {
  let shift = 0;
  let large = z;
  for (; large < 10; large++) shift += Math.log(large);
  const inverse = 1 / large;
  const square = inverse * inverse;
  const series =
    inverse * (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square / 1188))));
  return (large - 0.5) * Math.log(large) - large + 0.5 * Math.log(2 * Math.PI) + series - shift;
}
