import { createRandom, type Random } from "../../src/simulation/random.ts";

/** Random amplitudes that each have a mean square of 1/rows, two numbers each. */
export function randomColumn(rows: number, random: Random): Float64Array {
  return Float64Array.from({ length: 2 * rows }, () => normal(random) / Math.sqrt(2 * rows));
}

/** Orthonormal columns, distributed as those of a random unitary matrix. */
export function unitaryColumns(count: number, rows: number, seed: number): Float64Array[] {
  const random = createRandom(seed);
  const columns: Float64Array[] = [];
  for (let i = 0; i < count; i++) {
    const column = randomColumn(rows, random);
    for (const other of columns) {
      let re = 0;
      let im = 0;
      for (let k = 0; k < 2 * rows; k += 2) {
        re += other[k]! * column[k]! + other[k + 1]! * column[k + 1]!;
        im += other[k]! * column[k + 1]! - other[k + 1]! * column[k]!;
      }
      for (let k = 0; k < 2 * rows; k += 2) {
        column[k]! -= re * other[k]! - im * other[k + 1]!;
        column[k + 1]! -= re * other[k + 1]! + im * other[k]!;
      }
    }
    const length = Math.hypot(...column);
    columns.push(column.map((x) => x / length));
  }
  return columns;
}

function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}

/** Every state of so many photons, in descending order of counts. */
export function statesOf(photons: number, modes: number): number[][] {
  if (modes === 0) return photons === 0 ? [[]] : [];
  return Array.from({ length: photons + 1 }, (_, i) => photons - i).flatMap((count) =>
    statesOf(photons - count, modes - 1).map((rest) => [count, ...rest]),
  );
}

export function factorials(counts: readonly number[]): number {
  return counts.reduce((product, count) => {
    for (let i = 2; i <= count; i++) product *= i;
    return product;
  }, 1);
}

/** The permanent by its definition: a sum over all permutations. @param entry of row and column */
export function permanentByDefinition(
  size: number,
  entry: (row: number, column: number) => readonly [re: number, im: number],
): [re: number, im: number] {
  const sumFrom = (row: number, used: number): [number, number] => {
    if (row === size) return [1, 0];
    let re = 0;
    let im = 0;
    for (let column = 0; column < size; column++) {
      if ((used >> column) & 1) continue;
      const [a, b] = entry(row, column);
      const [c, d] = sumFrom(row + 1, used | (1 << column));
      re += a * c - b * d;
      im += a * d + b * c;
    }
    return [re, im];
  };
  return sumFrom(0, 0);
}

/** The amplitude with which photons of these columns make a state: a permanent over √∏sⱼ!. */
export function amplitudeOf(
  columns: readonly Float64Array[],
  state: readonly number[],
): [re: number, im: number] {
  const rows = state.flatMap((count, row) => new Array<number>(count).fill(row));
  const [re, im] = permanentByDefinition(columns.length, (row, column) => {
    const at = 2 * rows[row]!;
    return [columns[column]![at]!, columns[column]![at + 1]!];
  });
  const norm = Math.sqrt(factorials(state));
  return [re / norm, im / norm];
}

/** Σ (observed − expected)² / expected, with rare states counted together, and the degrees of freedom. */
export function chiSquare(
  observed: ArrayLike<number>,
  expected: readonly number[],
): { chi2: number; freedom: number } {
  let [chi2, cells, rare, rareExpected] = [0, 0, 0, 0];
  for (const [i, mean] of expected.entries()) {
    if (mean < 8) {
      rare += observed[i]!;
      rareExpected += mean;
    } else {
      chi2 += (observed[i]! - mean) ** 2 / mean;
      cells += 1;
    }
  }
  if (rareExpected > 0) {
    chi2 += (rare - rareExpected) ** 2 / rareExpected;
    cells += 1;
  }
  return { chi2, freedom: cells - 1 };
}

/** A bound that chi-square exceeds with a probability below 10⁻⁶ (E. B. Wilson and M. M. Hilferty, 1931). */
export function chiSquareBound(freedom: number): number {
  const spread = 2 / (9 * freedom);
  return freedom * (1 - spread + 4.9 * Math.sqrt(spread)) ** 3;
}
