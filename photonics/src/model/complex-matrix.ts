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

/** Above this size the entries of U†U are not all computed. */
const exactMax = 16;
const probes = 2;

/**
 * How far a matrix is from a unitary one: the largest absolute entry of U†U − 1, infinite for one that is not square.
 * That takes n³ steps, so above 16 rows it is the largest entry of (U†U − 1)·x over some vectors x of ±1 (R. Freivalds,
 * 1977). One wrong entry always shows there; several in a row cancel with probability 1/4 at most.
 */
export function unitarityDeviation(matrix: ComplexMatrix): number {
  if (matrix.rows !== matrix.cols) return Number.POSITIVE_INFINITY;
  if (matrix.rows <= exactMax) return exactDeviation(matrix);
  let worst = 0;
  for (let probe = 1; probe <= probes; probe++) worst = Math.max(worst, probedDeviation(matrix, probe));
  return worst;
}

function exactDeviation({ rows, cols, data }: ComplexMatrix): number {
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

function probedDeviation({ rows, cols, data }: ComplexMatrix, seed: number): number {
  const signs = new Int8Array(cols);
  let state = Math.imul(seed, 0x9e3779b1);
  for (let i = 0; i < cols; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    signs[i] = state < 0 ? -1 : 1;
  }
  const back = new Float64Array(2 * cols);
  for (let row = 0; row < rows; row++) {
    const from = 2 * row * cols;
    let re = 0;
    let im = 0;
    for (let i = 0; i < cols; i++) {
      re += signs[i]! * data[from + 2 * i]!;
      im += signs[i]! * data[from + 2 * i + 1]!;
    }
    for (let i = 0; i < cols; i++) {
      const ur = data[from + 2 * i]!;
      const ui = data[from + 2 * i + 1]!;
      back[2 * i]! += ur * re + ui * im;
      back[2 * i + 1]! += ur * im - ui * re;
    }
  }
  let worst = 0;
  for (let i = 0; i < cols; i++)
    worst = Math.max(worst, Math.hypot(back[2 * i]! - signs[i]!, back[2 * i + 1]!));
  return worst;
}
