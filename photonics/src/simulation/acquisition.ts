import { countsOfDraws } from "../kernels/index.ts";
import type { RunResult, StateTable } from "../model/index.ts";
import { drawingEngine } from "./kernel-path.ts";
import type { Random } from "./random.ts";
import { trialsUntilSuccess } from "./sampling.ts";
import { checkStopped, partOf, type Watch } from "./watch.ts";

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
  if (kept.values.length === 0) return { counts: new Float64Array(0), order: new Uint32Array(0) };
  const samples = samplesWithin(keptPerShot, bounds, random, partOf(watch, 0, 0.3));
  const counts = countDraws(kept.values, samples, random, partOf(watch, 0.3, 1));
  return { counts, order: keepOrder ? inAnyOrder(counts, samples, random, watch) : new Uint32Array(0) };
}

/** Each row as often as it was drawn, in an order that is as probable as any other (R. Durstenfeld, 1964). */
function inAnyOrder(counts: Float64Array, samples: number, random: Random, watch: Watch): Uint32Array {
  const order = new Uint32Array(samples);
  let filled = 0;
  for (const [row, count] of counts.entries()) {
    order.fill(row, filled, filled + count);
    filled += count;
  }
  for (let i = samples - 1; i > 0; i--) {
    if ((i & 0xffff) === 0) checkStopped(watch);
    const j = Math.floor(random.next() * (i + 1));
    const swapped = order[i]!;
    order[i] = order[j]!;
    order[j] = swapped;
  }
  return order;
}

/** How many samples an acquisition has when it ends. */
function samplesWithin(
  keptPerShot: number,
  { maxShots, maxSamples }: Bounds,
  random: Random,
  watch: Watch,
): number {
  if (keptPerShot >= 1 || maxShots === Number.POSITIVE_INFINITY)
    return Math.floor(Math.min(maxShots, maxSamples));
  let samples = 0;
  for (
    let shots = trialsUntilSuccess(keptPerShot, random);
    shots <= maxShots && samples < maxSamples;
    samples++
  ) {
    shots += trialsUntilSuccess(keptPerShot, random);
    if ((samples & 0xfff) === 0) tell(watch, shots, samples, { maxShots, maxSamples });
  }
  return samples;
}

/** Draws are counted in parts of at most this. */
const drawsAtOnce = 2 ** 31;

function countDraws(weights: Float64Array, draws: number, random: Random, watch: Watch): Float64Array {
  const counts = new Float64Array(weights.length);
  for (let done = 0; done < draws; done += drawsAtOnce) {
    const part = Math.min(drawsAtOnce, draws - done);
    const seed = BigInt(Math.floor(random.next() * 2 ** 53));
    const watched = partOf(watch, done / draws, (done + part) / draws);
    const drawn = countsOfDraws(weights, part, seed, watched, drawingEngine());
    for (const [i, state] of drawn.states.entries()) counts[state]! += drawn.draws[i]!;
  }
  return counts;
}

function tell(watch: Watch, shots: number, samples: number, { maxShots, maxSamples }: Bounds): void {
  checkStopped(watch);
  watch.onProgress?.(Math.max(shots / maxShots, samples / maxSamples), "sampling");
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
  let size = 0;
  for (const count of acquired.counts) if (count > 0) size++;
  const counts = new Uint16Array(size * modes);
  const values = new Float64Array(size);
  const newRow = new Uint32Array(ordered ? kept.values.length : 0);
  let to = 0;
  for (let from = 0; from < acquired.counts.length; from++) {
    if (acquired.counts[from] === 0) continue;
    if (ordered) newRow[from] = to;
    for (let mode = 0; mode < modes; mode++) counts[to * modes + mode] = kept.counts[from * modes + mode]!;
    values[to++] = acquired.counts[from]!;
  }
  const table = { modes, counts, values };
  return ordered
    ? { kind: "samples", table, order: acquired.order.map((row) => newRow[row]!) }
    : { kind: "counts", table };
}
