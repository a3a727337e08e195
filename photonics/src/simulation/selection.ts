import { fulfils, type PostSelection, type StateTable } from "../model/index.ts";
import { type Distribution, forEachEntry } from "./distribution.ts";
import { listStates } from "./state-lists.ts";
import { createStateRows, type ListedRows, rowsAbove } from "./state-rows.ts";
import type { Watch } from "./watch.ts";

/** Which events are kept. */
export interface Selection {
  /** The count that each heralded output mode must have. */
  readonly heralds: ReadonlyMap<number, number>;
  readonly postSelection?: PostSelection;
  /** Fewest detected photons, heralded ones included. */
  readonly photonsMin: number;
  /** Fewest modes with a detected photon. */
  readonly clickedModesMin: number;
}

/** The events that are kept, and how probable that is. */
export interface Selected {
  /** Probabilities that sum to one, of the modes that are not heralded. */
  readonly kept: StateTable;
  /** The probability that something is detected. */
  readonly shotProbability: number;
  readonly physicalPerf: number;
  readonly logicalPerf: number;
  readonly globalPerf: number;
}

/** Below this, a probability is what rounding leaves of an amplitude that interference cancels. */
const negligible = 1e-16;

/** Keeps the events that count. A surviving set that is empty gives an empty table and no performance. */
export function select(detected: Distribution, selection: Selection, watch: Watch): Selected {
  if (isByPhotons(selection)) return selectByPhotons(detected, selection.photonsMin);
  const events = gatherEvents(selection, detected.order.modes);
  forEachEntry(detected, watch, events.add);
  return events.selected(watch);
}

/** What comes one by one, and is kept where it counts. */
export interface GatheredEvents {
  add(counts: Uint16Array, photons: number, probability: number): void;
  /** To be called at the end. */
  selected(watch: Watch): Selected;
}

export function gatherEvents(selection: Selection, modes: number): GatheredEvents {
  const free = Array.from({ length: modes }, (_, mode) => mode).filter(
    (mode) => !selection.heralds.has(mode),
  );
  const total = { dark: 0, physical: 0, logical: 0 };
  const rows = createStateRows(free);
  return {
    add(counts, photons, probability) {
      if (photons === 0) total.dark += probability;
      if (!isDetected(counts, photons, selection)) return;
      total.physical += probability;
      if (!isLogical(counts, selection)) return;
      total.logical += probability;
      rows.push(counts, probability);
    },
    selected: (watch) => ({
      kept: rows.toTable(negligible * total.logical, total.logical, watch),
      shotProbability: 1 - total.dark,
      physicalPerf: total.physical,
      logicalPerf: total.physical === 0 ? 0 : total.logical / total.physical,
      globalPerf: total.logical,
    }),
  };
}

/** Whether it is the number of photons alone that decides. */
function isByPhotons({ heralds, postSelection, clickedModesMin }: Selection): boolean {
  return heralds.size === 0 && postSelection === undefined && clickedModesMin === 0;
}

/** Keeps whole layers, whose states need not be looked at one by one. */
function selectByPhotons({ order, layers }: Distribution, photonsMin: number): Selected {
  const kept = layers.flatMap((values, photons) =>
    values === undefined || photons < photonsMin ? [] : [{ photons, values }],
  );
  const counts = listStates(
    new Array<number>(order.modes).fill(Number.POSITIVE_INFINITY),
    kept.map(({ photons }) => photons),
    kept.reduce((sum, { values }) => sum + values.length, 0),
  );
  const selected = selectAll({ modes: order.modes, counts, values: kept.map(({ values }) => values) });
  return { ...selected, shotProbability: 1 - (layers[0]?.[0] ?? 0) };
}

/** Keeps all states that are listed, when something is always detected. */
export function selectAll(listed: ListedRows): Selected {
  let total = 0;
  for (const values of listed.values) for (let i = 0; i < values.length; i++) total += values[i]!;
  return {
    kept: rowsAbove(listed, negligible * total, total),
    shotProbability: 1,
    physicalPerf: total,
    logicalPerf: total === 0 ? 0 : 1,
    globalPerf: total,
  };
}

/** Whether an event has enough photons. */
export function isDetected(
  counts: Uint16Array,
  photons: number,
  { photonsMin, clickedModesMin }: Selection,
): boolean {
  return photons >= photonsMin && (clickedModesMin === 0 || clickedModes(counts) >= clickedModesMin);
}

/** Whether it fulfils heralds and post-selection. */
export function isLogical(counts: Uint16Array, { heralds, postSelection }: Selection): boolean {
  for (const [mode, photons] of heralds) if (counts[mode] !== photons) return false;
  return postSelection === undefined || fulfils(postSelection, counts);
}

function clickedModes(counts: Uint16Array): number {
  let clicked = 0;
  for (const count of counts) if (count > 0) clicked += 1;
  return clicked;
}
