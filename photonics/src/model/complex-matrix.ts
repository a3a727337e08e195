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
