import type { RunResult, StateTable } from "../model/index.ts";
import type { Random } from "./random.ts";
import { createSampler, trialsUntilSuccess } from "./sampling.ts";
import { checkStopped, type Watch } from "./watch.ts";

/** When an acquisition ends: at whichever comes first. */
export interface Bounds {
  readonly maxShots: number;
  readonly maxSamples: number;
}

/** What is drawn from: the events that are kept, and how probable it is that a shot is one of them. */
export interface KeptEvents {
  readonly kept: StateTable;
  readonly keptPerShot: number;
}

/** Rows of the table in the order in which they were kept. */
export interface Acquired {
  readonly counts: Float64Array;
  /** Empty unless the order is wanted. */
  readonly order: Uint32Array;
}

/**
 * Measures until one of the bounds is reached. A shot is an event with at least one detected photon; a sample is a
 * shot that is kept. The shots between two samples are drawn as one number.
 */
export function acquire(
  { kept, keptPerShot }: KeptEvents,
  bounds: Bounds,
  random: Random,
  watch: Watch,
  keepOrder: boolean,
): Acquired {
  const counts = new Float64Array(kept.values.length);
  let order = new Uint32Array(keepOrder ? 1024 : 0);
  if (kept.values.length === 0) return { counts, order: order.slice(0, 0) };
  const draw = createSampler(kept.values, random);
  let samples = 0;
  let shots = 0;
  while (samples < bounds.maxSamples) {
    shots += trialsUntilSuccess(keptPerShot, random);
    if (!(shots <= bounds.maxShots)) break;
    const row = draw();
    counts[row]! += 1;
    if (keepOrder) {
      if (samples === order.length) {
        const longer = new Uint32Array(2 * order.length);
        longer.set(order);
        order = longer;
      }
      order[samples] = row;
    }
    samples += 1;
    if ((samples & 0xfff) === 0) {
      checkStopped(watch);
      watch.onProgress?.(Math.max(shots / bounds.maxShots, samples / bounds.maxSamples), "sampling");
    }
  }
  return { counts, order: order.slice(0, keepOrder ? samples : 0) };
}

/**
 * The events that shots are: without the one in which nothing is detected.
 * @param heraldedPhotons the photons detected in modes that the table does not show
 */
export function withoutDark(kept: StateTable, heraldedPhotons: number): StateTable {
  const isDark = (row: number) =>
    kept.counts.subarray(row * kept.modes, (row + 1) * kept.modes).every((count) => count === 0);
  // States come by their number of photons: only the first can be dark.
  if (heraldedPhotons > 0 || kept.values.length === 0 || !isDark(0)) return kept;
  return { modes: kept.modes, counts: kept.counts.slice(kept.modes), values: kept.values.slice(1) };
}

/** Counts as a result, or samples with their order, of the states that were drawn at all. */
export function toResults(kept: StateTable, acquired: Acquired, ordered: boolean): RunResult["results"] {
  const { modes } = kept;
  const drawn = Uint32Array.from(acquired.counts.keys()).filter((row) => acquired.counts[row]! > 0);
  const counts = new Uint16Array(drawn.length * modes);
  const newRow = new Uint32Array(kept.values.length);
  for (const [to, from] of drawn.entries()) {
    newRow[from] = to;
    counts.set(kept.counts.subarray(from * modes, (from + 1) * modes), to * modes);
  }
  const table = { modes, counts, values: Float64Array.from(drawn, (row) => acquired.counts[row]!) };
  return ordered
    ? { kind: "samples", table, order: acquired.order.map((row) => newRow[row]!) }
    : { kind: "counts", table };
}
