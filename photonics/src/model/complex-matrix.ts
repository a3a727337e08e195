/** A complex matrix: entry (row, column) at 2·(row·cols + column), real part first. */
export interface ComplexMatrix {
  readonly rows: number;
  readonly cols: number;
  readonly data: Float64Array;
}

export function identity(size: number): ComplexMatrix {
  const data = new Float64Array(2 * size * size);
  for (let i = 0; i < size; i++) data[2 * (i * size + i)] = 1;
  return { rows: size, cols: size, data };
}

/** The matrix product a·b. @throws {RangeError} when their inner sizes differ */
export function multiply(a: ComplexMatrix, b: ComplexMatrix): ComplexMatrix {
  if (a.cols !== b.rows) throw new RangeError(`Cannot multiply ${a.rows}x${a.cols} by ${b.rows}x${b.cols}`);
  const data = new Float64Array(2 * a.rows * b.cols);
  for (let row = 0; row < a.rows; row++) {
    for (let k = 0; k < a.cols; k++) {
      const re = a.data[2 * (row * a.cols + k)]!;
      const im = a.data[2 * (row * a.cols + k) + 1]!;
      if (re === 0 && im === 0) continue;
      for (let col = 0; col < b.cols; col++) {
        const from = 2 * (k * b.cols + col);
        const to = 2 * (row * b.cols + col);
        data[to]! += re * b.data[from]! - im * b.data[from + 1]!;
        data[to + 1]! += re * b.data[from + 1]! + im * b.data[from]!;
      }
    }
  }
  return { rows: a.rows, cols: b.cols, data };
}

/** The largest absolute entry of U†U − 1: 0 for a unitary matrix, infinite for one that is not square. */
export function unitarityDeviation({ rows, cols, data }: ComplexMatrix): number {
  if (rows !== cols) return Number.POSITIVE_INFINITY;
  let worst = 0;
  for (let i = 0; i < cols; i++) {
    for (let j = i; j < cols; j++) {
      let re = i === j ? -1 : 0;
      let im = 0;
      for (let row = 0; row < rows; row++) {
        const a = 2 * (row * cols + i);
        const b = 2 * (row * cols + j);
        re += data[a]! * data[b]! + data[a + 1]! * data[b + 1]!;
        im += data[a]! * data[b + 1]! - data[a + 1]! * data[b]!;
      }
      worst = Math.max(worst, Math.hypot(re, im));
    }
  }
  return worst;
}
