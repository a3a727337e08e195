import { type FockState, isPerfectSource, type NoiseModel } from "../model/index.ts";
import { columnsOf, isSeen, waysOf } from "./columns.ts";
import type { Ways } from "./distribution.ts";
import type { Optics } from "./optics.ts";
import { statesMax } from "./required-states.ts";
import { type Chances, mostPhotons, sourceChances } from "./source.ts";
import { countStates } from "./state-order.ts";

/** The photons of one mode of the input. */
export interface Group {
  /** Where each goes that interferes. */
  readonly column: Float64Array;
  /** Where each goes that does not. */
  readonly ways: Ways;
  readonly chances: Chances;
}

/** What an imperfect source sends into an interferometer in place of a Fock state. */
export interface NoisyInput {
  readonly groups: readonly Group[];
  /** By which photons leave: of the modes first, then unseen ones. */
  readonly rows: number;
  readonly most: { readonly all: number; readonly interfering: number };
  /** Modes of the output, and one more for photons that are lost. */
  readonly outputModes: number;
}

export function noisyInput(optics: Optics, state: FockState, noise: NoiseModel): NoisyInput {
  const everyPeriod = Array.from({ length: optics.periods }, () => state).flat();
  // Photons that cannot be seen change nothing of what is.
  const entrances = everyPeriod
    .flatMap((photons, mode) => (photons > 0 ? [{ mode }] : []))
    .filter((entrance) => isSeen(optics, entrance));
  const { rows, columns } = columnsOf(optics, entrances);
  const groups = entrances.map((entrance, i) => ({
    column: columns[i]!,
    ways: waysOf(optics, entrance),
    chances: sourceChances(everyPeriod[entrance.mode]!, noise),
  }));
  const losesPhotons = rows > optics.modes * optics.polarizations || !isPerfectSource(noise);
  return {
    groups,
    rows,
    most: mostPhotons(groups.map(({ chances }) => chances)),
    outputModes: losesPhotons ? optics.modes + 1 : optics.modes,
  };
}

/** Whether all of its output's probabilities fit. */
export function fitsStrongly({ rows, most, outputModes }: NoisyInput): boolean {
  return countStates(most.interfering, rows) <= statesMax && countStates(most.all, outputModes) <= statesMax;
}
