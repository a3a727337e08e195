import { addDistinguishable } from "./slos.ts";
import { countStates, forEachState, rankOf, type StateOrder, stateOrder } from "./state-order.ts";
import { checkStopped, type Watch } from "./watch.ts";

/**
 * Probabilities of photon counts: for each number of photons a dense array in the order of states, absent where it
 * has none.
 */
export interface Distribution {
  readonly order: StateOrder;
  readonly layers: (Float64Array | undefined)[];
}

/** Nothing yet, in so many modes, with room for so many photons. */
export function emptyDistribution(modes: number, photonsMax: number): Distribution {
  return { order: stateOrder(modes, photonsMax), layers: new Array(photonsMax + 1).fill(undefined) };
}

/** No photons, for certain. */
export function vacuum(modes: number, photonsMax: number): Distribution {
  const distribution = emptyDistribution(modes, photonsMax);
  distribution.layers[0] = Float64Array.of(1);
  return distribution;
}

/** The array of a photon number, made when it is missing. */
export function layerOf({ order, layers }: Distribution, photons: number): Float64Array {
  layers[photons] ??= new Float64Array(countStates(photons, order.modes));
  return layers[photons];
}

export function photonsMaxOf({ layers }: Distribution): number {
  return layers.length - 1;
}

export function addTo(
  distribution: Distribution,
  counts: ArrayLike<number>,
  photons: number,
  p: number,
): void {
  layerOf(distribution, photons)[rankOf(distribution.order, counts, photons)]! += p;
}

/** Adds one distribution to another of the same modes, weighted. */
export function addAll(to: Distribution, from: Distribution, weight: number): void {
  for (const [photons, layer] of from.layers.entries()) {
    if (layer === undefined || weight === 0) continue;
    const sum = layerOf(to, photons);
    for (let i = 0; i < layer.length; i++) sum[i]! += weight * layer[i]!;
  }
}

/** Visits each state that is not impossible. */
export function forEachEntry(
  { order, layers }: Distribution,
  watch: Watch,
  visit: (counts: Uint16Array, photons: number, probability: number) => void,
): void {
  for (const [photons, layer] of layers.entries()) {
    if (layer === undefined) continue;
    forEachState(photons, order.modes, (counts, rank) => {
      if ((rank & 0xffff) === 0) checkStopped(watch);
      if (layer[rank] !== 0) visit(counts, photons, layer[rank]!);
    });
  }
}

/** Where a photon ends that interferes with none: in a mode, or where nobody looks. */
export interface Ways {
  readonly seen: Float64Array;
  readonly unseen: number;
}

/** With another such photon. */
export function withPhoton(distribution: Distribution, ways: Ways, watch: Watch): Distribution {
  const { order, layers } = distribution;
  const result: Distribution = { order, layers: new Array(layers.length).fill(undefined) };
  for (const [photons, layer] of layers.entries()) {
    if (layer === undefined) continue;
    if (photons + 1 < layers.length)
      result.layers[photons + 1] = addDistinguishable(layer, ways.seen, photons + 1, order, watch);
  }
  if (ways.unseen > 0) addAll(result, distribution, ways.unseen);
  return result;
}

/** Photons of two independent groups, counted together. */
export function combine(a: Distribution, b: Distribution, watch: Watch): Distribution {
  const { order } = a;
  const result: Distribution = { order, layers: new Array(a.layers.length).fill(undefined) };
  const sum = new Uint16Array(order.modes);
  forEachEntry(b, watch, (second, more, weight) => {
    // The counts that a visit is given change with the next one.
    const added = second.slice();
    forEachEntry(a, watch, (first, photons, probability) => {
      for (let mode = 0; mode < order.modes; mode++) sum[mode] = first[mode]! + added[mode]!;
      addTo(result, sum, photons + more, probability * weight);
    });
  });
  return result;
}
