import { type Bounds, type Part, partOf, sizesOf } from "./state-part.ts";

/**
 * How strong simulation of n photons in m modes is laid out (N. Heurtel et al., arXiv 2206.10549, without its maps).
 *
 * The modes are parted into a front and a back. Amplitudes of k photons form rows: a row has one state of the front,
 * with i photons, and all states of the back with k−i. Adding a photon, row a becomes
 * Σⱼ uⱼ√aⱼ·row(a − one photon in j), over occupied modes j of the front, which are whole rows of equal length, and
 * Σⱼ uⱼ√bⱼ·(row a without a photon in j), over modes of the back, by a table that all rows with as many photons share.
 *
 * Caps bound the photons of a mode in every layer. Required counts leave out states that can no longer reach them.
 */
export interface SlosPlan extends Bounds {
  readonly modes: number;
  readonly photons: number;
  readonly front: Part;
  readonly back: Part;
  readonly layers: readonly Layer[];
  /** States of the output: in descending order of counts all that caps and required counts allow. */
  readonly size: number;
}

/** Amplitudes of some number of photons. */
export interface Layer {
  /** Where rows with i photons in the front begin. */
  readonly starts: Float64Array;
  readonly size: number;
}

/**
 * @param bounds of each mode; modes that require photons come first, so that early layers leave states out
 * @param backModes how many of the last modes are the back
 * @throws {RangeError} when a mode of the back requires photons
 */
export function planSlos(
  photons: number,
  bounds: Bounds,
  backModes = backModesFor(bounds, photons),
): SlosPlan {
  const modes = bounds.caps.length;
  const { front, back } = split(photons, bounds, backModes);
  if (bounds.required.findLastIndex((count) => count > 0) >= front.modes)
    throw new RangeError(`Cannot plan the simulation: the last ${backModes} modes must not require photons`);
  const layers = layersOf(front, back, photons);
  const demanded = front.caps.map((cap, mode) => cap - front.required[mode]!);
  const left = photons - front.required.reduce((sum, count) => sum + count, 0);
  // A state that holds what it must is one of the photons that are left.
  const size = left < 0 ? 0 : partOf({ ...bounds, caps: [...demanded, ...back.caps] }, left).sizes[left]!;
  return { ...bounds, modes, photons, front, back, layers, size };
}

export function split(photons: number, { caps, required }: Bounds, backModes: number) {
  const from = caps.length - backModes;
  return {
    front: partOf({ caps: caps.slice(0, from), required: required.slice(0, from) }, photons),
    back: partOf({ caps: caps.slice(from), required: required.slice(from) }, photons),
  };
}

export function layersOf(front: Part, back: Part, photons: number): Layer[] {
  return Array.from({ length: photons + 1 }, (_, k) => {
    const starts = new Float64Array(k + 1);
    let size = 0;
    for (let i = 0; i <= k; i++) {
      starts[i] = size;
      size += front.sizes[i]! * back.sizes[k - i]!;
    }
    return { starts, size };
  });
}

/** States of the back that tables are built for at most: more would not stay in a cache. */
const backStatesMax = 400_000;

/** Rows of fewer entries than this, on average, take longer to begin than to compute. */
const rowEntriesMin = 50;

/** Modes that the back of a wide simulation grows to at most. */
const backModesMax = 20;

/** About half of the modes, none of which requires photons, or more where rows would be short. */
export function backModesFor({ caps, required }: Bounds, photons: number): number {
  const free = Math.min(backModesMax, caps.length - 1 - required.findLastIndex((count) => count > 0));
  const backSizes = (modes: number) => sizesOf(caps.slice(caps.length - modes), photons);
  /** Entries of a row of the last layer, on average. */
  const rowEntries = (modes: number) => {
    const rows = sizesOf(caps.slice(0, caps.length - modes), photons);
    const lengths = backSizes(modes);
    return rows.reduce((sum, count, i) => sum + count * lengths[photons - i]!, 0) / sumOf(rows);
  };
  let modes = Math.min(free, Math.ceil(caps.length / 2), 16);
  while (modes > 1 && sumOf(backSizes(modes)) > backStatesMax) modes--;
  while (modes < free && rowEntries(modes) < rowEntriesMin && sumOf(backSizes(modes + 1)) <= backStatesMax)
    modes++;
  return modes;
}

function sumOf(sizes: readonly number[]): number {
  return sizes.reduce((sum, size) => sum + size, 0);
}
