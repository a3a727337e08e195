import type { ComplexMatrix } from "../model/index.ts";
import { checkStopped, type Watch } from "../simulation/watch.ts";
import { type Arena, createArena, type Engine, releaseArena } from "./arena.ts";
import type { Team } from "./team.ts";
import type { SharedCall } from "./team-calls.ts";

export interface PermanentOptions {
  readonly engine?: Engine;
  /** Threads that help with more than 20 photons; results are the same bits with and without. */
  readonly team?: Team | undefined;
  readonly watch?: Watch;
}

export interface ComplexNumber {
  readonly re: number;
  readonly im: number;
}

/** From so many columns on the sum is parted, whether or not threads help: parts are summed in their order. */
const partedFrom = 20;
const partCount = 64;
/** What threads write at the same time is so far apart that they do not share lines of the cache. */
const apartBytes = 256;

/**
 * The permanent of a matrix whose rows and columns stand as often as counts say: the amplitude of an output is that
 * of the rows by the output's counts and of the columns by the input's, divided by √∏ of all counts' factorials.
 *
 * D. G. Glynn's formula in O(N·2^N) for N columns that stand once, and in O(N·∏(sₖ+1)) for repeated ones; `matrix` is
 * turned about its diagonal where that is less.
 *
 * @throws {RangeError} when the counts of rows and columns have different sums
 */
export function permanent(
  matrix: ComplexMatrix,
  rowCounts: readonly number[] = new Array<number>(matrix.rows).fill(1),
  columnCounts: readonly number[] = new Array<number>(matrix.cols).fill(1),
  { engine = "wasm", team, watch = {} }: PermanentOptions = {},
): ComplexNumber {
  const total = rowCounts.reduce((sum, count) => sum + count, 0);
  const columnTotal = columnCounts.reduce((sum, count) => sum + count, 0);
  if (total !== columnTotal)
    throw new RangeError(
      `Cannot take the permanent of ${total} rows and ${columnTotal} columns: it needs as many`,
    );
  if (total === 0) return { re: 1, im: 0 };
  const termsOf = (counts: readonly number[]) => counts.reduce((product, count) => product * (count + 1), 1);
  const upright = termsOf(columnCounts) <= termsOf(rowCounts);
  const problem = upright
    ? occupied(matrix, rowCounts, columnCounts, false)
    : occupied(matrix, columnCounts, rowCounts, true);
  const single =
    problem.columnCounts.every((count) => count === 1) && problem.rowCounts.every((count) => count === 1);
  return single && total >= 4
    ? glynn(problem, engine, team, watch)
    : glynnRepeated(problem, engine, team, watch);
}

/** The rows and columns that stand at all. */
interface Occupied {
  /** [column][row], real and imaginary parts in turns. */
  readonly columns: readonly Float64Array[];
  readonly rowCounts: readonly number[];
  readonly columnCounts: readonly number[];
}

function occupied(
  { cols, data }: ComplexMatrix,
  rowCounts: readonly number[],
  columnCounts: readonly number[],
  turned: boolean,
): Occupied {
  const rows = rowCounts.flatMap((count, row) => (count > 0 ? [row] : []));
  const columns = columnCounts.flatMap((count, column) => (count > 0 ? [column] : []));
  return {
    columns: columns.map((column) =>
      Float64Array.from(
        rows.flatMap((row) => {
          const at = 2 * (turned ? column * cols + row : row * cols + column);
          return [data[at]!, data[at + 1]!];
        }),
      ),
    ),
    rowCounts: rows.map((row) => rowCounts[row]!),
    columnCounts: columns.map((column) => columnCounts[column]!),
  };
}

function glynn({ columns }: Occupied, engine: Engine, team: Team | undefined, watch: Watch): ComplexNumber {
  const n = columns.length;
  const { turned, turn } = withRealColumn(columns, 2);
  const codes = 2 ** (n - 4);
  const parts = n >= partedFrom ? partCount : 1;
  const arena = createArena(parts * (80 * n + 64 + 2 * apartBytes) + 64 * n * n + 1024, engine);
  try {
    const toggles = arena.put(togglesOf(turned));
    const results = Array.from({ length: parts }, () => arena.allocate(apartBytes));
    const calls: SharedCall[] = results.map((to, part) => {
      const first = (codes / parts) * part;
      arena.allocate(apartBytes);
      return {
        kernel: "glynn",
        call: [n, arena.put(sumsOf(turned, first)), toggles, first, first + codes / parts, to],
      };
    });
    makeAll(calls, arena, team, n, watch);
    return product(sumAt(arena, results, 2 ** (1 - n)), turn);
  } finally {
    releaseArena(arena);
  }
}

/** Each factor turned so that its coefficient of one column is real, and the product of what they were turned by. */
function withRealColumn(columns: readonly Float64Array[], real: number) {
  const phases = columns[real]!.map((_, i, column) => {
    const length = Math.hypot(column[i & ~1]!, column[i | 1]!);
    return length === 0 ? 1 - (i & 1) : column[i]! / length;
  });
  const turned = columns.map((column) =>
    column.map((x, i) => {
      const [c, s] = [phases[i & ~1]!, phases[i | 1]!];
      return i & 1 ? x * c - column[i - 1]! * s : x * c + column[i + 1]! * s;
    }),
  );
  let turn: ComplexNumber = { re: 1, im: 0 };
  for (let i = 0; i < phases.length; i += 2) turn = product(turn, { re: phases[i]!, im: phases[i + 1]! });
  return { turned, turn };
}

/** For each factor [Σ re, Σ im, 2a₂, 2a₃ re, 2a₃ im] in two lanes, the signs of columns 4 … being those of a Gray code. */
function sumsOf(columns: readonly Float64Array[], code: number): Float64Array {
  const gray = code ^ (code >>> 1);
  const n = columns.length;
  const sums = new Float64Array(10 * n);
  for (let j = 0; j < n; j++) {
    for (let part = 0; part < 2; part++) {
      const sum = columns.reduce((total, column, k) => {
        if (k === 1) return total;
        return k >= 4 && (gray >>> (k - 4)) & 1
          ? total - column[2 * j + part]!
          : total + column[2 * j + part]!;
      }, 0);
      sums[10 * j + 2 * part] = sum + columns[1]![2 * j + part]!;
      sums[10 * j + 2 * part + 1] = sum - columns[1]![2 * j + part]!;
      sums.fill(2 * columns[3]![2 * j + part]!, 10 * j + 6 + 2 * part, 10 * j + 8 + 2 * part);
    }
    sums.fill(2 * columns[2]![2 * j]!, 10 * j + 4, 10 * j + 6);
  }
  return sums;
}

/** What changing a sign adds to the sums, for both lanes: nothing, then for each column from 4 on +2a and −2a. */
function togglesOf(columns: readonly Float64Array[]): Float64Array {
  const n = columns.length;
  const toggles = new Float64Array(4 * n * (1 + 2 * (n - 4)));
  let at = 4 * n;
  for (const column of columns.slice(4)) {
    for (const sign of [2, -2])
      for (const x of column) {
        toggles.fill(sign * x, at, at + 2);
        at += 2;
      }
  }
  return toggles;
}

function glynnRepeated(
  problem: Occupied,
  engine: Engine,
  team: Team | undefined,
  watch: Watch,
): ComplexNumber {
  const { rowCounts } = problem;
  // The terms of v and of s − v are equal: of a column that stands an odd number of times half of them do.
  const odd = problem.columnCounts.findIndex((count) => count % 2 === 1);
  const order = [...problem.columns.keys()].sort((a, b) => Number(b === odd) - Number(a === odd));
  const columns = order.map((k) => problem.columns[k]!);
  const counts = order.map((k) => problem.columnCounts[k]!);
  const [firstCount, ...otherCounts] = counts as [number, ...number[]];
  const firstTerms = odd >= 0 ? (firstCount + 1) / 2 : firstCount + 1;
  const total = rowCounts.reduce((sum, count) => sum + count, 0);
  const parts = otherCounts.reduce((product, count) => product * (count + 1), 1);
  const pairs = Math.ceil(firstTerms / 2);
  const rows = rowCounts.length;
  const bytes =
    pairs * (32 * rows + 12 * counts.length + 256) +
    32 * rows * counts.length +
    4 * rows +
    8 * (total + counts.length) +
    80 * counts.length +
    1024;
  const arena = createArena(bytes, engine);
  try {
    const powers = arena.put(Uint32Array.from(rowCounts));
    const steps = arena.put(
      Float64Array.from(columns.slice(1).flatMap((column) => [...column].flatMap((x) => [2 * x, 2 * x]))),
    );
    const weights = arena.put(Uint32Array.from(otherCounts, (count) => arena.put(binomials(count))));
    const firstWeights = binomials(firstCount);
    const results: number[] = [];
    const calls = Array.from({ length: pairs }, (_, pair): SharedCall => {
      const lanes = [2 * pair, 2 * pair + 1];
      const sums = new Float64Array(4 * rows);
      for (let i = 0; i < 2 * rows; i++) {
        const others = columns.slice(1).reduce((sum, column, k) => sum + otherCounts[k]! * column[i]!, 0);
        for (const [lane, v] of lanes.entries())
          sums[2 * i + lane] = others + (firstCount - 2 * v) * columns[0]![i]!;
      }
      const to = arena.put(
        Float64Array.from([
          0,
          0,
          ...lanes.map((v) => (v < firstTerms ? (v % 2 === 1 ? -1 : 1) * firstWeights[v]! : 0)),
        ]),
      );
      results.push(to);
      const counters = arena.put(Uint32Array.from(otherCounts.flatMap((count) => [0, count, 1])));
      return {
        kernel: "glynnRepeated",
        call: [rows, powers, arena.put(sums), otherCounts.length, steps, counters, parts, weights, to],
      };
    });
    makeAll(calls, arena, team, Math.log2(parts * pairs), watch);
    return sumAt(arena, results, (odd >= 0 ? 2 : 1) * 2 ** -total);
  } finally {
    releaseArena(arena);
  }
}

function binomials(n: number): Float64Array {
  const row = new Float64Array(n + 1).fill(1);
  for (let k = 1; k <= n; k++) row[k] = Math.round((row[k - 1]! * (n - k + 1)) / k);
  return row;
}

/** Makes the calls; threads help when there are terms of more than `partedFrom` bits. */
function makeAll(
  calls: readonly SharedCall[],
  arena: Arena,
  team: Team | undefined,
  bits: number,
  watch: Watch,
): void {
  let done = 0;
  const onDone = () => {
    watch.onProgress?.(Math.min(1, ++done / calls.length), "interference");
    checkStopped(watch);
  };
  if (team === undefined || bits < partedFrom) {
    for (const { kernel, call } of calls) {
      if (kernel === "glynn")
        arena.kernels.glynn(...(call as [number, number, number, number, number, number]));
      else arena.kernels.glynnRepeated(...(call as Parameters<typeof arena.kernels.glynnRepeated>));
      onDone();
    }
    return;
  }
  const session = team.join(arena, new Array<number>(team.helpers + 1).fill(0), 0);
  try {
    session.run(calls, onDone);
  } finally {
    session.leave();
  }
}

function sumAt(arena: Arena, results: readonly number[], scale: number): ComplexNumber {
  let re = 0;
  let im = 0;
  for (const at of results) {
    const [r, i] = arena.floats(at, 2) as unknown as [number, number];
    re += r;
    im += i;
  }
  return { re: re * scale, im: im * scale };
}

function product(a: ComplexNumber, b: ComplexNumber): ComplexNumber {
  return { re: a.re * b.re - a.im * b.im, im: a.re * b.im + a.im * b.re };
}
