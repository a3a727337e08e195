import { fulfils, type PostSelection } from "../model/index.ts";
import { add, type Distribution, photonsOf, stateOf } from "./distribution.ts";

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

export interface Selected {
  /** Normalized, without the heralded modes. */
  readonly distribution: Distribution;
  readonly physicalPerf: number;
  readonly logicalPerf: number;
  readonly globalPerf: number;
}

export function isDetected(key: string, { photonsMin, clickedModesMin }: Selection): boolean {
  return photonsOf(key) >= photonsMin && (clickedModesMin === 0 || clickedModes(key) >= clickedModesMin);
}

export function isLogical(key: string, { heralds, postSelection }: Selection): boolean {
  for (const [mode, photons] of heralds) if (key.charCodeAt(mode) !== photons) return false;
  return postSelection === undefined || fulfils(postSelection, stateOf(key));
}

/** The modes that are not heralded. */
export function withoutHeralds(key: string, { heralds }: Selection): string {
  if (heralds.size === 0) return key;
  let kept = "";
  for (let mode = 0; mode < key.length; mode++) if (!heralds.has(mode)) kept += key[mode];
  return kept;
}

/** Below this, a probability is what rounding leaves of an amplitude that interference cancels. */
const negligible = 1e-16;

/** Keeps the events that count. A surviving set that is empty gives an empty distribution and no performance. */
export function select(detected: Distribution, selection: Selection): Selected {
  const distribution: Distribution = new Map();
  let total = 0;
  let physical = 0;
  let kept = 0;
  for (const [key, probability] of detected) {
    total += probability;
    if (!isDetected(key, selection)) continue;
    physical += probability;
    if (!isLogical(key, selection)) continue;
    kept += probability;
    add(distribution, withoutHeralds(key, selection), probability);
  }
  for (const [key, probability] of distribution) {
    if (probability > negligible * kept) distribution.set(key, probability / kept);
    else distribution.delete(key);
  }
  return {
    distribution,
    physicalPerf: total === 0 ? 0 : physical / total,
    logicalPerf: physical === 0 ? 0 : kept / physical,
    globalPerf: total === 0 ? 0 : kept / total,
  };
}

function clickedModes(key: string): number {
  let clicked = 0;
  for (let mode = 0; mode < key.length; mode++) if (key.charCodeAt(mode) > 0) clicked += 1;
  return clicked;
}
