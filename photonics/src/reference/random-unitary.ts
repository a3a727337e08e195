import type { ComplexMatrix } from "../model/index.ts";
import type { Random } from "../simulation/random.ts";

/** A unitary matrix drawn from the Haar measure: Gaussian columns made orthonormal one after the other (E. Schmidt). */
export function randomUnitary(size: number, random: Random): ComplexMatrix {
  const columns: Float64Array[] = [];
  for (let col = 0; col < size; col++) {
    const column = Float64Array.from({ length: 2 * size }, () => gaussian(random));
    for (const earlier of columns) {
      let re = 0;
      let im = 0;
      for (let i = 0; i < 2 * size; i += 2) {
        re += earlier[i]! * column[i]! + earlier[i + 1]! * column[i + 1]!;
        im += earlier[i]! * column[i + 1]! - earlier[i + 1]! * column[i]!;
      }
      for (let i = 0; i < 2 * size; i += 2) {
        column[i]! -= re * earlier[i]! - im * earlier[i + 1]!;
        column[i + 1]! -= re * earlier[i + 1]! + im * earlier[i]!;
      }
    }
    const length = Math.hypot(...column);
    columns.push(column.map((x) => x / length));
  }
  const data = new Float64Array(2 * size * size);
  for (const [col, column] of columns.entries()) {
    for (let row = 0; row < size; row++) {
      data[2 * (row * size + col)] = column[2 * row]!;
      data[2 * (row * size + col) + 1] = column[2 * row + 1]!;
    }
  }
  return { rows: size, cols: size, data };
}

function gaussian(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}
