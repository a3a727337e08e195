import type { StateTable } from "../model/index.ts";
import { checkStopped, type Watch } from "./watch.ts";

/** A table of states that grows. */
export interface StateRows {
  /** Adds a row with the counts of the shown modes. */
  push(counts: Uint16Array, value: number): void;
  /** The rows whose value exceeds a bound, with values divided by a total. Nothing may be added afterwards. */
  toTable(bound: number, total: number, watch: Watch): StateTable;
}

export function createStateRows(shownModes: readonly number[]): StateRows {
  const modes = shownModes.length;
  let counts = new Uint16Array(64 * modes);
  let values = new Float64Array(64);
  let size = 0;
  return {
    push(state, value) {
      if (size === values.length) {
        const [moreCounts, moreValues] = [new Uint16Array(2 * counts.length), new Float64Array(2 * size)];
        moreCounts.set(counts);
        moreValues.set(values);
        [counts, values] = [moreCounts, moreValues];
      }
      for (let i = 0; i < modes; i++) counts[size * modes + i] = state[shownModes[i]!]!;
      values[size++] = value;
    },
    toTable(bound, total, watch) {
      let kept = 0;
      for (let row = 0; row < size; row++) {
        if ((row & 0xffff) === 0) checkStopped(watch);
        if (!(values[row]! > bound)) continue;
        if (kept < row) counts.copyWithin(kept * modes, row * modes, (row + 1) * modes);
        values[kept++] = values[row]! / total;
      }
      return { modes, counts: counts.subarray(0, kept * modes), values: values.subarray(0, kept) };
    },
  };
}

/** States in order, with values that come in parts. */
export interface ListedRows {
  readonly modes: number;
  readonly counts: Uint16Array<ArrayBuffer>;
  readonly values: readonly Float64Array[];
}

/** The rows whose value exceeds a bound, with values divided by a total. The counts may be those that were given. */
export function rowsAbove({ modes, counts, values }: ListedRows, bound: number, total: number): StateTable {
  let [size, listed] = [0, 0];
  for (const part of values) {
    listed += part.length;
    for (let i = 0; i < part.length; i++) if (part[i]! > bound) size++;
  }
  const kept = new Float64Array(size);
  const shown = size === listed ? counts : new Uint16Array(size * modes);
  let [row, to] = [0, 0];
  for (const part of values) {
    for (let i = 0; i < part.length; i++, row++) {
      const value = part[i]!;
      if (!(value > bound)) continue;
      if (shown !== counts)
        for (let mode = 0; mode < modes; mode++) shown[to * modes + mode] = counts[row * modes + mode]!;
      kept[to++] = value / total;
    }
  }
  return { modes, counts: shown, values: kept };
}
