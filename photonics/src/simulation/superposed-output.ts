import type { StateVector } from "../model/index.ts";
import { type Columns, columnsOf, type Entrance } from "./columns.ts";
import { type Distribution, emptyDistribution, layerOf } from "./distribution.ts";
import { type Interference, interferenceOf, normOf, productOfFactorials, see } from "./interference.ts";
import type { Optics } from "./optics.ts";
import { requireProduct } from "./required-states.ts";
import { countStates, forEachState, rankOf } from "./state-order.ts";
import { entrancesOf, tagsOf } from "./tagged-photons.ts";
import { checkStopped, type Watch } from "./watch.ts";

/** Terms whose photons are told apart alike: how many have each tag. Only their amplitudes add. */
interface Coherent {
  readonly photons: readonly number[];
  readonly amplitudes: Float64Array;
}

/**
 * The amplitudes of terms add where as many photons have each tag, since nobody could tell which term it was. An
 * amplitude is that of one state for each tag.
 */
export function superposedOutput(optics: Optics, vector: StateVector, watch: Watch): Distribution {
  const tags = [...new Set(vector.flatMap(({ state }) => tagsOf(state)))].sort();
  const terms = vector.map(({ re, im, state }) => ({
    re,
    im,
    entrances: tags.map((tag) => entrancesOf(state, tag)),
  }));
  const { rows, columnFor } = sharedColumns(
    optics,
    terms.flatMap(({ entrances }) => entrances.flat()),
  );
  const bySignature = new Map<string, Coherent>();
  for (const { re, im, entrances } of terms) {
    checkStopped(watch);
    const photons = entrances.map(({ length }) => length);
    requireProduct(photons, rows);
    const coherent = bySignature.get(photons.join()) ?? {
      photons,
      amplitudes: new Float64Array(photons.reduce((size, n) => size * countStates(n, rows), 2)),
    };
    bySignature.set(photons.join(), coherent);
    const groups = entrances.map((group) => interferenceOf(group.map(columnFor), rows, watch));
    const norm = Math.sqrt(groups.reduce((product, group) => product * normOf(group, watch), 1));
    addProduct(coherent.amplitudes, groups, re / norm, im / norm);
  }
  const photonsMax = Math.max(...terms.map(({ entrances }) => entrances.flat().length));
  const result = emptyDistribution(optics.modes, photonsMax);
  for (const coherent of bySignature.values()) addCoherent(result, coherent, rows, optics, watch);
  return normalized(result);
}

/** Columns that all terms share, so that their amplitudes can be added. */
function sharedColumns(optics: Optics, entrances: readonly Entrance[]) {
  const keyOf = ({ mode, polarization }: Entrance) => `${mode},${polarization?.theta},${polarization?.phi}`;
  const distinct = new Map(entrances.map((entrance) => [keyOf(entrance), entrance]));
  const { rows, columns }: Columns = columnsOf(optics, [...distinct.values()]);
  const byKey = new Map([...distinct.keys()].map((key, i) => [key, columns[i]!]));
  return { rows, columnFor: (entrance: Entrance) => byKey.get(keyOf(entrance))! };
}

/** Adds the amplitudes of all combinations of the groups' states; those of the last group are next to each other. */
function addProduct(to: Float64Array, groups: readonly Interference[], re: number, im: number): void {
  let product = Float64Array.of(re, im);
  for (const { amplitudes } of groups) {
    const next = new Float64Array((product.length * amplitudes.length) / 2);
    for (let i = 0, at = 0; i < product.length; i += 2) {
      for (let j = 0; j < amplitudes.length; j += 2, at += 2) {
        next[at] = product[i]! * amplitudes[j]! - product[i + 1]! * amplitudes[j + 1]!;
        next[at + 1] = product[i]! * amplitudes[j + 1]! + product[i + 1]! * amplitudes[j]!;
      }
    }
    product = next;
  }
  for (let i = 0; i < to.length; i++) to[i]! += product[i]!;
}

function addCoherent(
  to: Distribution,
  { photons, amplitudes }: Coherent,
  rows: number,
  optics: Optics,
  watch: Watch,
): void {
  const sum = new Uint16Array(rows);
  const seen = new Uint16Array(optics.modes);
  let at = 0;
  const descend = (group: number, factorials: number) => {
    if (group === photons.length) {
      if ((at & 0xffff) === 0) checkStopped(watch);
      const square = amplitudes[at]! ** 2 + amplitudes[at + 1]! ** 2;
      at += 2;
      const count = see(sum, optics, seen);
      layerOf(to, count)[rankOf(to.order, seen, count)]! += square * factorials;
      return;
    }
    forEachState(photons[group]!, rows, (counts) => {
      for (let row = 0; row < rows; row++) sum[row]! += counts[row]!;
      descend(group + 1, factorials * productOfFactorials(counts));
      for (let row = 0; row < rows; row++) sum[row]! -= counts[row]!;
    });
  };
  descend(0, 1);
}

function normalized(distribution: Distribution): Distribution {
  let total = 0;
  for (const layer of distribution.layers) if (layer !== undefined) for (const p of layer) total += p;
  for (const layer of distribution.layers)
    if (layer !== undefined) for (const i of layer.keys()) layer[i]! /= total;
  return distribution;
}
