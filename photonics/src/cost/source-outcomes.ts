import type { NoiseModel } from "../model/index.ts";
import { logStates } from "./log-binomial.ts";
import { type Magnitude, magnitude, sum } from "./magnitude.ts";

/** What the imperfect source turns an input into, as far as cost goes. */
export interface SourceOutcomes {
  /** Most photons that may reach the circuit. */
  readonly photonsMax: number;
  /** Most of them that may interfere with each other, in all and for each photon that is asked for. */
  readonly interferingMax: number;
  readonly interferingEach: number;
  /** Different sets of mutually indistinguishable photons that the circuit is applied to. */
  readonly coherentSets: Magnitude;
  /** Sum over those sets of (photons, internal states): multiply-adds of strong simulation. */
  readonly amplitudeSteps: Magnitude;
}

/**
 * A photon is lost, or distinguishable from all others, or neither; with g2 it may come with another one.
 * Photons of one mode are exchangeable, so a mode of k photons gives k + 1 coherent numbers (2k + 1 when the extra
 * photon is indistinguishable), and the sets are the products over modes: at most 2^n for n single photons.
 */
export function sourceOutcomes(
  photonsPerMode: readonly number[],
  noise: NoiseModel,
  internalModes: number,
): SourceOutcomes {
  const photons = photonsPerMode.reduce((total, count) => total + count, 0);
  const pairs = noise.g2 > 0;
  const photonsMax = pairs ? 2 * photons : photons;
  const varies = pairs || noise.indistinguishability < 1 || noise.brightness * noise.transmittance < 1;
  const reach = pairs && !noise.g2Distinguishable ? 2 : 1;
  const interfering = { interferingMax: reach * photons, interferingEach: reach };
  if (!varies)
    return { photonsMax, ...interfering, coherentSets: 0, amplitudeSteps: steps(photons, internalModes) };
  let sizes: Magnitude[] = [0];
  for (const count of photonsPerMode) if (count > 0) sizes = spread(sizes, reach * count);
  return {
    photonsMax,
    ...interfering,
    coherentSets: sum(...sizes),
    amplitudeSteps: sum(...sizes.map((sets, size) => sets + steps(size, internalModes))),
  };
}

function steps(photons: number, modes: number): Magnitude {
  return magnitude(Math.max(1, photons)) + logStates(modes, photons);
}

/** Adds a mode that holds 0 … most coherent photons: running sums, so that 1,000 modes stay cheap. */
function spread(sizes: readonly Magnitude[], most: number): Magnitude[] {
  return Array.from({ length: sizes.length + most }, (_, size) =>
    sum(...sizes.slice(Math.max(0, size - most), size + 1)),
  );
}
