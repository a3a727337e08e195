import { partOf } from "../kernels/index.ts";
import type { Block } from "./restriction.ts";
import { checkStopped, type Watch } from "./watch.ts";

/** Where a block's modes stand while states are visited. */
interface Walk {
  readonly values: Float64Array;
  /** [free mode of the block][photons from it on][count] → states whose count of this mode is higher. */
  readonly above: Float64Array;
  readonly levels: number;
  /** Photons that are not placed yet, and the rank so far. */
  rest: number;
  rank: number;
}

/** A mode that may hold more or fewer photons. */
interface FreeMode {
  readonly mode: number;
  readonly walk: Walk;
  readonly place: number;
  readonly cap: number;
  /** What the block's modes behind it may hold. */
  readonly capBehind: number;
}

/**
 * Visits the states of all blocks together, in descending order of their counts, with the product of their values.
 * The counts are of one array that changes between visits.
 * @param values of each block, those of its states in order
 */
export function forEachBlockState(
  blocks: readonly Block[],
  values: readonly Float64Array[],
  watch: Watch,
  visit: (counts: Uint16Array, value: number) => void,
): void {
  const counts = new Uint16Array(blocks.reduce((sum, { modes }) => sum + modes.length, 0));
  const walks: Walk[] = [];
  const free = blocks.flatMap((block, i) => freeModes(block, values[i]!, counts, walks));
  free.sort((a, b) => a.mode - b.mode);
  let visited = 0;
  const descend = (index: number) => {
    const at = free[index];
    if (at === undefined) {
      if ((visited++ & 0xffff) === 0) checkStopped(watch);
      let value = 1;
      for (const { values, rank } of walks) value *= values[rank]!;
      visit(counts, value);
      return;
    }
    const { mode, walk, place, cap, capBehind } = at;
    const { rest, rank, above, levels } = walk;
    for (let count = Math.min(rest, cap); count >= Math.max(0, rest - capBehind); count--) {
      counts[mode] = count;
      walk.rest = rest - count;
      walk.rank = rank + above[(place * levels + rest) * levels + count]!;
      descend(index + 1);
    }
    walk.rest = rest;
    walk.rank = rank;
  };
  if (walks.every(({ values }) => values.length > 0)) descend(0);
}

/** Notes the modes of a block that hold what they must, and gives the others. */
function freeModes(
  { modes, bounds: { caps, required }, columns }: Block,
  values: Float64Array,
  counts: Uint16Array,
  walks: Walk[],
): FreeMode[] {
  let photons = columns.length;
  const others = modes.flatMap((mode, i) => {
    counts[mode] = required[i]!;
    photons -= required[i]!;
    return required[i]! > 0 ? [] : [{ mode, cap: caps[i]! }];
  });
  const { above } = partOf({ caps: others.map(({ cap }) => cap), required: [] }, Math.max(0, photons));
  const walk: Walk = { values, above, levels: photons + 1, rest: photons, rank: 0 };
  walks.push(walk);
  let capBehind = others.reduce((sum, { cap }) => sum + cap, 0);
  return others.map(({ mode, cap }, place) => {
    capBehind -= cap;
    return { mode, walk, place, cap, capBehind };
  });
}
