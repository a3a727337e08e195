import type { FockState } from "../model/index.ts";

/** Every state of so many photons. */
export function statesOf(photons: number, modes: number): FockState[] {
  if (modes === 0) return photons === 0 ? [[]] : [];
  return Array.from({ length: photons + 1 }, (_, first) =>
    statesOf(photons - first, modes - 1).map((rest) => [first, ...rest]),
  ).flat();
}

/** The mode of each photon: [0, 0, 2] for |2,0,1>. */
export function modesOfPhotons(state: FockState): number[] {
  return state.flatMap((photons, mode) => new Array<number>(photons).fill(mode));
}

export function factorial(n: number): number {
  return n <= 1 ? 1 : n * factorial(n - 1);
}

export function productOfFactorials(state: FockState): number {
  return state.reduce((product, photons) => product * factorial(photons), 1);
}

/** Probabilities by state, such as "1,0,2". */
export type Probabilities = Map<string, number>;

export function addTo(to: Probabilities, state: FockState, probability: number): void {
  to.set(state.join(), (to.get(state.join()) ?? 0) + probability);
}

export function stateOf(key: string): number[] {
  return key.split(",").map(Number);
}
