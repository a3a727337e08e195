import type { FockState, NoiseModel } from "../model/index.ts";
import {
  addAll,
  type Distribution,
  emptyDistribution,
  photonsMaxOf,
  type Ways,
  withPhoton,
} from "./distribution.ts";
import { addSeen, type Interference, noPhotons, withInterfering } from "./interference.ts";
import { kernelOutput } from "./kernel-output.ts";
import { engineFor } from "./kernel-path.ts";
import { type Group, noisyInput } from "./noisy-input.ts";
import type { Optics } from "./optics.ts";
import { requireStates } from "./required-states.ts";
import { countStates } from "./state-order.ts";
import { checkStopped, type Watch } from "./watch.ts";

/**
 * The output of a Fock state from an imperfect source, exactly. The generating function of the counts is
 *
 *   Σ over the interfering photons k of each mode: |interference of k|² · ∏ₘ Σₐ chancesₘ[kₘ][a]·(waysₘ)^a
 *
 * It is summed mode by mode in the manner of W. G. Horner, so that the photons of a mode that interfere with none
 * are multiplied once for all that follows, and each interference grows from that of one photon less.
 */
export function noisyOutput(optics: Optics, state: FockState, noise: NoiseModel, watch: Watch): Distribution {
  const input = noisyInput(optics, state, noise);
  const { groups, rows, most, outputModes } = input;
  requireStates(most.interfering, rows);
  requireStates(most.all, outputModes);
  const work = workOf(groups, rows);
  const engine = optics.polarizations === 1 ? engineFor(work * most.interfering) : undefined;
  if (engine !== undefined && groups.length > 0) return kernelOutput(input, optics.modes, engine, watch);
  let done = 0;

  /** The distribution of all photons of the groups from one on, and of those that interfere so far. */
  const outputFrom = (index: number, interfering: Interference): Distribution => {
    const group = groups[index];
    if (group === undefined) {
      checkStopped(watch);
      const leaf = emptyDistribution(optics.modes, most.all);
      addSeen(leaf, interfering, optics, 1, watch);
      return leaf;
    }
    const total = emptyDistribution(optics.modes, most.all);
    let grown = interfering;
    let norm = 1;
    for (const [k, chances] of group.chances.entries()) {
      if (grown.photons + (k > 0 ? 1 : 0) > most.interfering) break;
      if (k > 0) {
        grown = withInterfering(grown, group.column, watch);
        norm /= k;
        done += countStates(grown.photons, rows);
        watch.onProgress?.(done / work, "interference");
      }
      if (isPossible(chances)) {
        addAll(total, withAlone(outputFrom(index + 1, grown), chances, group.ways, watch), norm);
      }
    }
    return total;
  };
  return outputFrom(0, noPhotons(rows, most.interfering));
}

/** How many amplitudes are computed in all. */
function workOf(groups: readonly Group[], rows: number): number {
  let work = 0;
  let prefixes = [1];
  for (const { chances } of groups) {
    const next: number[] = [];
    for (const [photons, ways] of prefixes.entries()) {
      for (const k of chances.keys()) {
        if (k > 0) work += ways * countStates(photons + k, rows);
        next[photons + k] = (next[photons + k] ?? 0) + ways;
      }
    }
    prefixes = Array.from(next, (ways) => ways ?? 0);
  }
  return work;
}

/** Σₐ chances[a]·waysᵃ times a distribution. */
function withAlone(others: Distribution, chances: readonly number[], ways: Ways, watch: Watch): Distribution {
  let sum = emptyDistribution(others.order.modes, photonsMaxOf(others));
  for (const [i, chance] of chances.toReversed().entries()) {
    if (i > 0) sum = withPhoton(sum, ways, watch);
    addAll(sum, others, chance);
  }
  return sum;
}

function isPossible(chances: readonly number[]): boolean {
  return chances.some((chance) => chance > 0);
}
