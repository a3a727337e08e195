import type { Random } from "./random.ts";
import { drawIndex } from "./sampling.ts";

/** Room for the permanents of so many columns: that of the drawn rows and a set of as many, by the set's bits. */
export function roomFor(photons: number): Float64Array {
  return new Float64Array(2 ** (photons + 1));
}

/**
 * Draws the rows by which interfering photons leave, one photon after the other, without computing all probabilities
 * (P. Clifford and R. Clifford, arXiv 1706.01260). The permanents that the photons drawn so far need are kept for all
 * sets of their columns, each from those of one photon less: n·2ⁿ⁻¹ multiplications a draw, and 16·2ⁿ bytes.
 *
 * @param columns one for each photon, orthonormal, of 2·rows numbers
 * @param permanents room for them, whatever is in it
 */
export function drawInterference(
  columns: readonly Float64Array[],
  rows: number,
  random: Random,
  permanents: Float64Array,
): number[] {
  const photons = columns.length;
  const order = shuffled(columns, random);
  permanents.set([1, 0]);
  const drawn: number[] = [];
  const weights = new Float64Array(rows);
  for (let k = 0; k < photons; k++) {
    for (let r = 1; r <= k; r++) addColumn(permanents, order, drawn[r - 1]!, r, k);
    const all = (1 << (k + 1)) - 1;
    for (let row = 0; row < rows; row++) {
      let re = 0;
      let im = 0;
      for (let j = 0; j <= k; j++) {
        const column = order[j]!;
        const minor = 2 * (all - (1 << j));
        const ur = column[2 * row]!;
        const ui = column[2 * row + 1]!;
        re += ur * permanents[minor]! - ui * permanents[minor + 1]!;
        im += ur * permanents[minor + 1]! + ui * permanents[minor]!;
      }
      weights[row] = re * re + im * im;
    }
    const row = drawIndex(weights, random);
    drawn.push(row);
    // The drawn rows and all columns so far.
    if (k + 1 < photons) setPermanent(permanents, order, row, all);
  }
  return drawn;
}

/** Permanents of r drawn rows and sets of r columns of which column k is the last. */
function addColumn(
  permanents: Float64Array,
  order: readonly Float64Array[],
  row: number,
  r: number,
  k: number,
): void {
  const last = 1 << k;
  for (let rest = firstOfSize(r - 1); rest < last; rest = rest === 0 ? last : nextOfSameSize(rest)) {
    setPermanent(permanents, order, row, rest + last);
  }
}

/** Expands the permanent of a set of columns along its last row. */
function setPermanent(
  permanents: Float64Array,
  order: readonly Float64Array[],
  row: number,
  set: number,
): void {
  let re = 0;
  let im = 0;
  for (let left = set; left !== 0; left &= left - 1) {
    const bit = left & -left;
    const column = order[31 - Math.clz32(bit)]!;
    const minor = 2 * (set - bit);
    const ur = column[2 * row]!;
    const ui = column[2 * row + 1]!;
    re += ur * permanents[minor]! - ui * permanents[minor + 1]!;
    im += ur * permanents[minor + 1]! + ui * permanents[minor]!;
  }
  permanents[2 * set] = re;
  permanents[2 * set + 1] = im;
}

function firstOfSize(size: number): number {
  return (1 << size) - 1;
}

/** The next larger set of as many (R. W. Gosper). */
function nextOfSameSize(set: number): number {
  const lowest = set & -set;
  const ripple = set + lowest;
  return ripple | (((set ^ ripple) >>> 2) / lowest);
}

/** Any order, each as probable (R. Durstenfeld, 1964). */
function shuffled<T>(items: readonly T[], random: Random): T[] {
  const result = [...items];
  for (let i = result.length - 1; i > 0; i--) {
    const j = Math.floor(random.next() * (i + 1));
    [result[i], result[j]] = [result[j]!, result[i]!];
  }
  return result;
}
