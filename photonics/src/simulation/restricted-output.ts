import { forEachBlockState } from "./block-states.ts";
import { addTo, emptyDistribution, forEachEntry } from "./distribution.ts";
import { type Restriction, statesOf } from "./restriction.ts";
import { gatherEvents, type Selected, type Selection, selectAll } from "./selection.ts";
import { listStates } from "./state-lists.ts";
import { simulateStrongly } from "./strong-simulation.ts";
import type { Watch } from "./watch.ts";

/**
 * What is kept of a run, from the states that its restriction leaves.
 * @throws {RangeError} when there is no memory for it
 */
export function restrictedOutput(restriction: Restriction, selection: Selection, watch: Watch): Selected {
  const { blocks, alwaysDetected, engine } = restriction;
  const values = blocks.map((block) => {
    if (statesOf(block) === 0) return new Float64Array(0);
    const { columns, bounds } = block;
    return simulateStrongly({ columns, bounds, output: "probabilities", engine }, watch);
  });
  const selected =
    selectListed(restriction, values, selection) ?? selectVisited(restriction, values, selection, watch);
  const { globalPerf } = selected;
  // Nothing is dark: of photons that none loses some detector tells.
  if (!alwaysDetected) return { ...selected, shotProbability: 1 };
  return { ...selected, shotProbability: 1, physicalPerf: 1, logicalPerf: globalPerf };
}

/** Where all states of one block are kept as they are, they need not be looked at one by one. */
function selectListed(
  { blocks, thresholds }: Restriction,
  values: readonly Float64Array[],
  { heralds, postSelection }: Selection,
): Selected | undefined {
  const [block] = blocks;
  if (block === undefined || blocks.length > 1 || postSelection !== undefined) return undefined;
  const { modes, bounds, columns } = block;
  const free = modes.flatMap((mode, i) => (bounds.required[i]! > 0 ? [] : [{ mode, cap: bounds.caps[i]! }]));
  const shown = free.filter(({ mode }) => !heralds.has(mode));
  const isAsItIs = free.every(
    ({ mode, cap }) =>
      (!thresholds[mode] || cap <= 1) && (!heralds.has(mode) || (cap === 0 && heralds.get(mode) === 0)),
  );
  const heralded = modes.every(
    (mode, i) => bounds.required[i] === 0 || heralds.get(mode) === bounds.required[i],
  );
  if (!isAsItIs || !heralded) return undefined;
  const left = columns.length - bounds.required.reduce((sum, count) => sum + count, 0);
  const counts = listStates(
    shown.map(({ cap }) => cap),
    [left],
    values[0]!.length,
  );
  return selectAll({ modes: shown.length, counts, values });
}

/** States are told by the detectors and then selected. */
function selectVisited(
  { blocks, thresholds, photons }: Restriction,
  values: readonly Float64Array[],
  selection: Selection,
  watch: Watch,
): Selected {
  const modes = thresholds.length;
  const events = gatherEvents(selection, modes);
  const told = new Uint16Array(modes);
  const tell = (counts: Uint16Array) => {
    let clicks = 0;
    for (let mode = 0; mode < modes; mode++)
      clicks += told[mode] = thresholds[mode] ? Math.min(1, counts[mode]!) : counts[mode]!;
    return clicks;
  };
  const areMerged = blocks.some(({ modes: inside, bounds }) =>
    inside.some((mode, i) => thresholds[mode] && bounds.caps[i]! > 1),
  );
  if (!areMerged) {
    forEachBlockState(blocks, values, watch, (counts, probability) => {
      if (probability !== 0) events.add(told, tell(counts), probability);
    });
    return events.selected(watch);
  }
  const detected = emptyDistribution(modes, photons);
  forEachBlockState(blocks, values, watch, (counts, probability) => {
    const clicks = tell(counts);
    if (probability !== 0) addTo(detected, told, clicks, probability);
  });
  forEachEntry(detected, watch, events.add);
  return events.selected(watch);
}
