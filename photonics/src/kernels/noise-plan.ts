import { nowhere } from "./plain/view.ts";
import { backModesFor, type Layer, layersOf, split } from "./slos-plan.ts";
import { type Part, partOf, unbounded } from "./state-part.ts";

/** The photons of one mode of the input. */
export interface NoisyGroup {
  /** Amplitudes with which a photon leaves by each mode, then by rows that nobody sees: two numbers each. */
  readonly column: Float64Array;
  /** Probabilities with which a photon leaves by each mode, and that nobody sees it. */
  readonly seen: Float64Array;
  readonly unseen: number;
  /** [k][a] the probability of k photons that interfere and a that do not. */
  readonly chances: readonly (readonly number[])[];
}

/** How exact noise is laid out: rows as in slos-plan.ts, for amplitudes with the unseen rows first. */
export interface NoisePlan {
  readonly groups: readonly NoisyGroup[];
  readonly modes: number;
  readonly unseenModes: number;
  readonly photonsMax: number;
  readonly interferingMax: number;
  readonly back: Part;
  /** The front of probabilities, and that of amplitudes, which are the same when all is seen. */
  readonly seenFront: Part;
  readonly front: Part;
  readonly seenLayers: readonly Layer[];
  readonly layers: readonly Layer[];
  /** Where layers of probabilities begin when all of them stand one after the other. */
  readonly offsets: Float64Array;
  /** Probabilities that a sum over the groups from one on has at most, for each number of groups before. */
  readonly spans: readonly number[];
}

/**
 * @param photonsMax states with more photons are left out
 * @param interferingMax so are outcomes in which more photons interfere
 */
export function planNoise(
  groups: readonly NoisyGroup[],
  modes: number,
  photonsMax: number,
  interferingMax = groups.reduce((sum, { chances }) => sum + chances.length - 1, 0),
): NoisePlan {
  const unseenModes = groups.length === 0 ? 0 : groups[0]!.column.length / 2 - modes;
  const most = Math.max(photonsMax, interferingMax);
  const bounds = unbounded(modes);
  const { front: seenFront, back } = split(most, bounds, backModesFor(bounds, most));
  const front = unseenModes === 0 ? seenFront : partOf(unbounded(seenFront.modes + unseenModes), most);
  const seenLayers = layersOf(seenFront, back, photonsMax);
  const offsets = new Float64Array(photonsMax + 2);
  for (const [k, { size }] of seenLayers.entries()) offsets[k + 1] = offsets[k]! + size;
  const plan = {
    groups,
    modes,
    unseenModes,
    photonsMax,
    interferingMax,
    back,
    seenFront,
    front,
    seenLayers,
    offsets,
  };
  return { ...plan, layers: layersOf(front, back, interferingMax), spans: spansOf(plan) };
}

function spansOf({
  groups,
  unseenModes,
  photonsMax,
  offsets,
}: Pick<NoisePlan, "groups" | "unseenModes" | "photonsMax" | "offsets">): number[] {
  const behind = new Array<number>(groups.length + 1).fill(0);
  for (let j = groups.length - 1; j >= 0; j--)
    behind[j] = behind[j + 1]! + Math.max(...groups[j]!.chances.map((row, k) => k + row.length - 1));
  let interfering = 0;
  return behind.map((more, j) => {
    let span = 0;
    for (let s = 0; s <= interfering; s++) {
      const lo = unseenModes > 0 ? 0 : Math.min(s, photonsMax);
      span = Math.max(span, offsets[Math.min(photonsMax, s + more) + 1]! - offsets[lo]!);
    }
    interfering += (groups[j]?.chances.length ?? 1) - 1;
    return span;
  });
}

/**
 * Of each row of s interfering photons, by photons in the front: where its probabilities are added, counted from
 * where the layer of no photons would begin.
 */
export function targetsOf(plan: NoisePlan, s: number): Uint32Array[] {
  const { unseenModes, front, back, seenLayers, offsets, photonsMax } = plan;
  const targets = Array.from({ length: s + 1 }, (_, i) => new Uint32Array(front.sizes[i]!));
  if (unseenModes === 0) {
    for (const [i, rows] of targets.entries())
      for (let row = 0; row < rows.length && s <= photonsMax; row++)
        rows[row] = offsets[s]! + seenLayers[s]!.starts[i]! + row * back.sizes[s - i]!;
    return targets;
  }
  const next = new Array<number>(s + 1).fill(0);
  const seenNext = new Array<number>(s + 1).fill(0);
  const descend = (mode: number, rest: number, lost: number, inSeen: number) => {
    if (mode === unseenModes) seenNext.fill(0);
    if (mode === front.modes) {
      const k = s - lost;
      const start = k > photonsMax ? Number.NaN : offsets[k]! + seenLayers[k]!.starts[inSeen]!;
      const target = start + seenNext[inSeen]!++ * back.sizes[rest]!;
      targets[s - rest]![next[s - rest]!++] = Number.isNaN(target) ? nowhere : target;
      return;
    }
    for (let count = rest; count >= 0; count--) {
      const isLost = mode < unseenModes;
      descend(mode + 1, rest - count, isLost ? lost + count : lost, isLost ? inSeen : inSeen + count);
    }
  };
  descend(0, s, 0, 0);
  return targets;
}
