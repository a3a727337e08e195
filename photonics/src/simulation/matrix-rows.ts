import type { ComplexMatrix } from "../model/index.ts";

/** The matrix on both polarizations of a component that acts on neither: u ⊗ 1. */
export function onBothPolarizations({ rows, cols, data }: ComplexMatrix): ComplexMatrix {
  const doubled = { rows: 2 * rows, cols: 2 * cols, data: new Float64Array(8 * rows * cols) };
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++) {
      for (let polarization = 0; polarization < 2; polarization++) {
        const from = 2 * (row * cols + col);
        const to = 2 * ((2 * row + polarization) * doubled.cols + 2 * col + polarization);
        doubled.data[to] = data[from]!;
        doubled.data[to + 1] = data[from + 1]!;
      }
    }
  }
  return doubled;
}

/** Multiplies rows of a matrix by a small one from the left: u becomes (small on these rows)·u. */
export function applyToRows(u: ComplexMatrix, small: ComplexMatrix, rows: readonly number[]): void {
  const { cols, data } = u;
  const size = rows.length;
  const column = new Float64Array(2 * size);
  for (let col = 0; col < cols; col++) {
    for (let i = 0; i < size; i++) {
      const from = 2 * (rows[i]! * cols + col);
      column[2 * i] = data[from]!;
      column[2 * i + 1] = data[from + 1]!;
    }
    for (let i = 0; i < size; i++) {
      let re = 0;
      let im = 0;
      for (let j = 0; j < size; j++) {
        const entry = 2 * (i * size + j);
        re += small.data[entry]! * column[2 * j]! - small.data[entry + 1]! * column[2 * j + 1]!;
        im += small.data[entry]! * column[2 * j + 1]! + small.data[entry + 1]! * column[2 * j]!;
      }
      const to = 2 * (rows[i]! * cols + col);
      data[to] = re;
      data[to + 1] = im;
    }
  }
}
