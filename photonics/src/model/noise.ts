/**
 * Imperfections of source and circuit, as the client's model has them; all absent means none.
 * Source: M. Pont et al., Phys. Rev. X 12, 031033 (2022).
 */
export interface NoiseModel {
  /** Probability that the source emits, 0 to 1. */
  readonly brightness: number;
  /** Mean overlap of two photons' wave packets, 0 to 1. */
  readonly indistinguishability: number;
  /** Second-order autocorrelation at zero delay, 0 to 1. */
  readonly g2: number;
  /** Whether the second photon of a pair is told apart from all others. */
  readonly g2Distinguishable: boolean;
  /** Probability that a photon gets through the system, 0 to 1. */
  readonly transmittance: number;
  /** Phases are rounded to multiples of this, in radians; 0 for exact ones. */
  readonly phaseImprecision: number;
  /** Half the width of the interval that a random error of each phase is drawn from, in radians. */
  readonly phaseError: number;
}

export const noNoise: NoiseModel = {
  brightness: 1,
  indistinguishability: 1,
  g2: 0,
  g2Distinguishable: true,
  transmittance: 1,
  phaseImprecision: 0,
  phaseError: 0,
};

/** Whether the source delivers exactly the photons that it is asked for. */
export function isPerfectSource(noise: NoiseModel): boolean {
  return (
    noise.brightness === 1 && noise.indistinguishability === 1 && noise.g2 === 0 && noise.transmittance === 1
  );
}
