import { heraldsOf, type PhotonicJob, photonsIn } from "../model/index.ts";
import { statesByPhotons } from "./capped-states.ts";
import type { ConnectedModes } from "./connected-modes.ts";
import { keptBounds, thresholdsOf } from "./kept-bounds.ts";
import { type Magnitude, magnitude, sum, ZERO } from "./magnitude.ts";

/** The states of an ideal run that have to be known, by the bounds of its modes. */
export interface KeptStates {
  /** The parts of the circuit that photons enter: each is simulated by itself. */
  readonly blocks: readonly KeptBlock[];
  /** How many there are of the whole, those of all blocks together. */
  readonly states: Magnitude;
  /** Complex products that they take. */
  readonly steps: Magnitude;
}

export interface KeptBlock {
  /** How many states of 0, 1, 2, … photons the bounds allow, up to all that enter. */
  readonly layers: readonly Magnitude[];
  /** How many of all photons have what they must in modes that must hold so many. */
  readonly states: Magnitude;
}

/**
 * The states that heralds, conditions and detectors leave in a circuit's blocks, as far as they bound single modes.
 * Undefined where detectors err, and where clicks are counted.
 */
export function keptStates(
  { experiment, thresholded, minClickedModes }: PhotonicJob,
  { inputs, outputs }: ConnectedModes,
  photonsPerMode: readonly number[],
  fewest = experiment.minDetectedPhotons,
): KeptStates | undefined {
  const thresholds = thresholdsOf(experiment, thresholded);
  const photons = photonsIn(photonsPerMode);
  if (thresholds === undefined || minClickedModes > 0) return undefined;
  const heralds = heraldsOf(experiment.outputPorts);
  const photonsMin = [...heralds.values()].reduce((total, count) => total + count, fewest);
  const { postSelection } = experiment;
  const { least, most } = keptBounds({ photons, thresholds, heralds, postSelection, photonsMin });
  const entering = new Map<number, number>();
  for (const [mode, count] of photonsPerMode.entries()) {
    const block = inputs[mode];
    if (count > 0 && block !== undefined) entering.set(block, (entering.get(block) ?? 0) + count);
  }
  const blocks = [...entering].map(([block, count]) => {
    const inside = outputs.flatMap((other, mode) => (other === block ? [mode] : []));
    return keptBlock(
      count,
      inside.map((mode) => ({ least: least[mode]!, most: most[mode]! })),
    );
  });
  return {
    blocks,
    states: blocks.reduce((product, { states }) => product + states, 0),
    steps: sum(...blocks.map(({ layers }) => magnitude(layers.length - 1) + Math.max(...layers))),
  };
}

function keptBlock(photons: number, modes: readonly { least: number; most: number }[]): KeptBlock {
  const isExact = ({ least, most }: { least: number; most: number }) => most > 0 && most === least;
  const left = photons - modes.reduce((total, mode) => total + (isExact(mode) ? mode.most : 0), 0);
  const free = modes.flatMap((mode) => (isExact(mode) ? [] : [mode.most]));
  return {
    layers: statesByPhotons(
      modes.map(({ most }) => most),
      photons,
    ),
    states: left < 0 ? ZERO : statesByPhotons(free, left)[left]!,
  };
}
