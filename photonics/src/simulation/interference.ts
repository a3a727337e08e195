import { type Distribution, layerOf } from "./distribution.ts";
import { kernelAmplitudes } from "./kernel-output.ts";
import { engineFor } from "./kernel-path.ts";
import { addInterfering } from "./slos.ts";
import { countStates, forEachState, rankOf, type StateOrder, stateOrder } from "./state-order.ts";
import { checkStopped, type Watch } from "./watch.ts";

/** The amplitudes of interfering photons in the rows that they may leave by, before √∏sⱼ! and norm. */
export interface Interference {
  readonly order: StateOrder;
  readonly photons: number;
  readonly amplitudes: Float64Array;
}

export function noPhotons(rows: number, photonsMax: number): Interference {
  return { order: stateOrder(rows, photonsMax), photons: 0, amplitudes: Float64Array.of(1, 0) };
}

export function withInterfering(from: Interference, column: Float64Array, watch: Watch): Interference {
  const photons = from.photons + 1;
  return {
    ...from,
    photons,
    amplitudes: addInterfering(from.amplitudes, column, photons, from.order, watch),
  };
}

/** All photons of a group, one after the other. */
export function interferenceOf(columns: readonly Float64Array[], rows: number, watch: Watch): Interference {
  const photons = columns.length;
  const engine = engineFor(photons * countStates(photons, rows));
  if (engine !== undefined && photons > 0) {
    const amplitudes = kernelAmplitudes(columns, rows, engine, watch);
    forEachState(photons, rows, (counts, rank) => {
      const norm = Math.sqrt(productOfFactorials(counts));
      amplitudes[2 * rank]! /= norm;
      amplitudes[2 * rank + 1]! /= norm;
    });
    return { order: stateOrder(rows, photons), photons, amplitudes };
  }
  return columns.reduce(
    (photons, column) => withInterfering(photons, column, watch),
    noPhotons(rows, columns.length),
  );
}

export function productOfFactorials(counts: ArrayLike<number>): number {
  let product = 1;
  for (let i = 0; i < counts.length; i++) for (let k = 2; k <= counts[i]!; k++) product *= k;
  return product;
}

/** What the amplitudes' squares sum to: the norm of what a product of creation operators gives to the vacuum. */
export function normOf({ order, photons, amplitudes }: Interference, watch: Watch): number {
  let norm = 0;
  forEachState(photons, order.modes, (counts, rank) => {
    if ((rank & 0xffff) === 0) checkStopped(watch);
    norm += (amplitudes[2 * rank]! ** 2 + amplitudes[2 * rank + 1]! ** 2) * productOfFactorials(counts);
  });
  return norm;
}

/** How rows are seen: as many as there are polarizations count together as a mode, those behind are not seen. */
export interface Sight {
  readonly modes: number;
  readonly polarizations: 1 | 2;
}

/** Writes what the modes show into `seen`, and tells how many photons that is. */
export function see(counts: ArrayLike<number>, { modes, polarizations }: Sight, seen: Uint16Array): number {
  let photons = 0;
  for (let mode = 0; mode < modes; mode++) {
    const count = polarizations === 1 ? counts[mode]! : counts[2 * mode]! + counts[2 * mode + 1]!;
    seen[mode] = count;
    photons += count;
  }
  return photons;
}

/** Adds the probabilities of what is seen, weighted. */
export function addSeen(
  to: Distribution,
  { order, photons, amplitudes }: Interference,
  sight: Sight,
  weight: number,
  watch: Watch,
): void {
  const seen = new Uint16Array(sight.modes);
  const allSeen = order.modes === sight.modes;
  forEachState(photons, order.modes, (counts, rank) => {
    if ((rank & 0xffff) === 0) checkStopped(watch);
    const square = amplitudes[2 * rank]! ** 2 + amplitudes[2 * rank + 1]! ** 2;
    if (square === 0) return;
    const probability = weight * square * productOfFactorials(counts);
    if (allSeen) layerOf(to, photons)[rank]! += probability;
    else {
      const count = see(counts, sight, seen);
      layerOf(to, count)[rankOf(to.order, seen, count)]! += probability;
    }
  });
}
