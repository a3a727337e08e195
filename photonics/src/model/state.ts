/** How many photons are in each mode. */
export type FockState = readonly number[];

/** Polarization as a point of the Bloch sphere: cos(theta/2)·H + exp(i·phi)·sin(theta/2)·V, in radians. */
export interface Polarization {
  readonly theta: number;
  readonly phi: number;
}

/** What tells photons apart: photons of equal tags interfere, photons of different tags do not. */
export interface Photon {
  /** Absent for the tag that most photons share. */
  readonly tag?: string;
  readonly polarization?: Polarization;
}

/** The photons of each mode, one by one. */
export type AnnotatedState = readonly (readonly Photon[])[];

/** A superposition; amplitudes need not be normalized. */
export type StateVector = readonly {
  readonly re: number;
  readonly im: number;
  readonly state: AnnotatedState;
}[];

/** A mixture of superpositions with their probabilities. */
export type Mixture = readonly { readonly probability: number; readonly vector: StateVector }[];

/** What enters an experiment. Only a Fock state passes through the noise of the source. */
export type Input =
  | { readonly kind: "fock"; readonly state: FockState }
  | { readonly kind: "annotated"; readonly state: AnnotatedState }
  | { readonly kind: "mixture"; readonly mixture: Mixture };

/** Limits of one state, whatever it is written in. */
export const modesMax = 1024;
export const photonsMax = 1024;

export function photonsIn(state: FockState): number {
  let photons = 0;
  for (const count of state) photons += count;
  return photons;
}

export function isAnnotated(state: AnnotatedState): boolean {
  return state.some((photons) =>
    photons.some(({ tag, polarization }) => tag !== undefined || polarization !== undefined),
  );
}

/** The photons of a Fock state one by one, all alike. */
export function annotated(state: FockState): AnnotatedState {
  return state.map((count) => Array.from({ length: count }, () => ({})));
}
