import type { RunResults } from "@corbenic/sdk";
import { extentOf } from "../chart/scale.ts";
import type { Sweep } from "./sweep.ts";

/** What the fields of a map over two parameters are colored by: a state's share, or a performance. */
export interface Colored {
  readonly name: string;
  /** Of an iteration; undefined where it does not tell. */
  readonly readIn: (run: RunResults) => number | undefined;
}

/** Iterations with the same values of both parameters. */
export interface Crossing {
  readonly column: number;
  readonly row: number;
  readonly runs: readonly number[];
}

export interface Grid {
  /** The values of the one parameter, rising. */
  readonly columns: readonly number[];
  /** The values of the other, rising. */
  readonly rows: readonly number[];
  readonly crossings: readonly Crossing[];
}

/** Iterations at the crossings of the values of two parameters. */
export function gridOf(across: Sweep, up: Sweep): Grid {
  const columns = risingValues(across.values);
  const rows = risingValues(up.values);
  const columnOf = new Map(columns.map((value, i) => [value, i]));
  const rowOf = new Map(rows.map((value, i) => [value, i]));
  const crossings = new Map<number, number[]>();
  across.values.forEach((value, run) => {
    const place = rowOf.get(up.values[run]!)! * columns.length + columnOf.get(value)!;
    const here = crossings.get(place);
    if (here === undefined) crossings.set(place, [run]);
    else here.push(run);
  });
  return {
    columns,
    rows,
    crossings: [...crossings].map(([place, runs]) => ({
      column: place % columns.length,
      row: Math.floor(place / columns.length),
      runs,
    })),
  };
}

/**
 * The two parameters that a map is drawn over at first: those of whose crossings most were run, if that is more than
 * half. Undefined where the iterations are no grid.
 */
export function crossedSweeps(sweeps: readonly Sweep[]): [across: number, up: number] | undefined {
  const parameters = sweeps.slice(0, -1);
  let best: [number, number] | undefined;
  let fullest = 0.5;
  parameters.forEach((across, i) => {
    parameters.slice(i + 1).forEach((up, k) => {
      const { columns, rows, crossings } = gridOf(across, up);
      const full = crossings.length / (columns.length * rows.length);
      if (full <= fullest) return;
      fullest = full;
      best = [i, i + 1 + k];
    });
  });
  return best;
}

/** What a map can be colored by: the states given, then the performances that any iteration tells. */
export function colorings(runs: readonly RunResults[], states: readonly string[]): Colored[] {
  const performances = (
    [
      ["physical performance", "physicalPerf"],
      ["logical performance", "logicalPerf"],
      ["global performance", "globalPerf"],
    ] as const
  )
    .map(([name, key]): Colored => ({ name, readIn: (run) => run[key] }))
    .filter(({ readIn }) => runs.some((run) => readIn(run) !== undefined));
  return [...states.map((state): Colored => ({ name: state, readIn: shareOf(state) })), ...performances];
}

function shareOf(state: string): Colored["readIn"] {
  return ({ distribution }) => distribution.probabilityOf(state);
}

/** Which coloring tells the iterations apart best: that with the widest range. */
export function mostVaried(colored: readonly Colored[], runs: readonly RunResults[]): number {
  const ranges = colored.map(({ readIn }) => {
    const [least, greatest] = extentOf(runs.map((run) => readIn(run) ?? 0));
    return greatest - least;
  });
  return Math.max(0, ranges.indexOf(Math.max(...ranges)));
}

/** The mean of what several iterations tell; undefined where none does. */
export function meanOf(values: readonly (number | undefined)[]): number | undefined {
  const told = values.filter((value) => value !== undefined);
  return told.length === 0 ? undefined : told.reduce((sum, value) => sum + value, 0) / told.length;
}

function risingValues(values: readonly number[]): number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}
