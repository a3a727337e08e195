import type { Polarization } from "../model/index.ts";
import type { Ways } from "./distribution.ts";
import type { Optics } from "./optics.ts";

/** Where a photon enters: the mode, counted through all periods, and its polarization, absent for H. */
export interface Entrance {
  readonly mode: number;
  readonly polarization?: Polarization | undefined;
}

/**
 * Amplitudes with which photons leave, for those that enter an interferometer of which only some rows are seen. What
 * nobody sees may be turned as one likes, so the unseen rows are as few as the columns span.
 */
export interface Columns {
  /** Number of rows: those seen, `polarizations` for each mode, then the unseen ones. */
  readonly rows: number;
  /** Of each photon 2·rows numbers. */
  readonly columns: readonly Float64Array[];
}

/** Amplitudes smaller than this are what rounding leaves. */
const negligible = 1e-13;

/** The columns of photons that may interfere with each other. */
export function columnsOf(optics: Optics, entrances: readonly Entrance[]): Columns {
  const seenRows = optics.outputs.flatMap((row) =>
    Array.from({ length: optics.polarizations }, (_, polarization) => row + polarization),
  );
  const seen = new Set(seenRows);
  const unseenRows = Array.from({ length: optics.matrix.rows }, (_, row) => row).filter(
    (row) => !seen.has(row),
  );
  const whole = entrances.map((entrance) => columnOf(optics, entrance));
  const unseen = turned(whole.map((column) => pick(column, unseenRows)));
  const extra = unseen.length === 0 ? 0 : Math.max(...unseen.map(({ length }) => length / 2));
  const rows = seenRows.length + extra;
  const columns = whole.map((column, i) => {
    const result = new Float64Array(2 * rows);
    result.set(pick(column, seenRows));
    result.set(unseen[i]!, 2 * seenRows.length);
    return result;
  });
  return { rows, columns };
}

/** The ways of a photon that interferes with none. */
export function waysOf(optics: Optics, entrance: Entrance): Ways {
  const { modes, polarizations, outputs } = optics;
  const column = columnOf(optics, entrance);
  const seen = new Float64Array(modes);
  for (const [mode, row] of outputs.entries()) {
    for (let i = row; i < row + polarizations; i++)
      seen[mode]! += column[2 * i]! ** 2 + column[2 * i + 1]! ** 2;
  }
  const total = seen.reduce((sum, p) => sum + p, 0);
  return { seen, unseen: 1 - total > negligible ? 1 - total : 0 };
}

/** Whether a photon that enters here can reach an output. */
export function isSeen(optics: Optics, { mode }: Entrance): boolean {
  const thetas = optics.polarizations === 1 ? [0] : [0, Math.PI];
  return thetas.some((theta) => {
    const { seen } = waysOf(optics, { mode, polarization: { theta, phi: 0 } });
    return seen.some((p) => p > negligible ** 2);
  });
}

/** The column of its mode, or for a polarization the sum of those of H and V. */
function columnOf({ matrix, polarizations }: Optics, { mode, polarization }: Entrance): Float64Array {
  const column = new Float64Array(2 * matrix.rows);
  const addColumn = (index: number, re: number, im: number) => {
    for (let row = 0; row < matrix.rows; row++) {
      const from = 2 * (row * matrix.cols + index);
      column[2 * row]! += re * matrix.data[from]! - im * matrix.data[from + 1]!;
      column[2 * row + 1]! += re * matrix.data[from + 1]! + im * matrix.data[from]!;
    }
  };
  const first = polarizations * mode;
  if (polarizations === 1) addColumn(first, 1, 0);
  else {
    const { theta, phi } = polarization ?? { theta: 0, phi: 0 };
    addColumn(first, Math.cos(theta / 2), 0);
    addColumn(first + 1, Math.sin(theta / 2) * Math.cos(phi), Math.sin(theta / 2) * Math.sin(phi));
  }
  return column;
}

function pick(column: Float64Array, rows: readonly number[]): Float64Array {
  return Float64Array.from(rows.flatMap((row) => [column[2 * row]!, column[2 * row + 1]!]));
}

/** The vectors in a basis of what they span (E. Schmidt), which keeps all products between them. */
function turned(vectors: readonly Float64Array[]): Float64Array[] {
  const basis: Float64Array[] = [];
  const coordinates = vectors.map((vector) => {
    const rest = vector.slice();
    const row: number[] = [];
    for (const unit of basis) {
      const [re, im] = product(unit, rest);
      row.push(re, im);
      for (let i = 0; i < rest.length; i += 2) {
        rest[i]! -= re * unit[i]! - im * unit[i + 1]!;
        rest[i + 1]! -= re * unit[i + 1]! + im * unit[i]!;
      }
    }
    const length = Math.hypot(...rest);
    if (length > negligible) {
      basis.push(rest.map((x) => x / length));
      row.push(length, 0);
    }
    return row;
  });
  return coordinates.map((row) => {
    const padded = new Float64Array(2 * basis.length);
    padded.set(row);
    return padded;
  });
}

/** ⟨a|b⟩ */
function product(a: Float64Array, b: Float64Array): [re: number, im: number] {
  let re = 0;
  let im = 0;
  for (let i = 0; i < a.length; i += 2) {
    re += a[i]! * b[i]! + a[i + 1]! * b[i + 1]!;
    im += a[i]! * b[i + 1]! - a[i + 1]! * b[i]!;
  }
  return [re, im];
}
