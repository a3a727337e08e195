import type {
  AnnotatedState,
  FockState,
  Input,
  NoiseModel,
  Polarization,
  StateVector,
} from "../model/index.ts";
import { add, addAll, combine, type Distribution, keyOf, mapStates, sumOf } from "./distribution.ts";
import type { Optics } from "./optics.ts";
import { amplitudesOf, forEachState } from "./slos.ts";
import { sourceOutcomes } from "./source.ts";
import { checkStopped, type Watch } from "./watch.ts";

/** One photon: where it enters, and its polarization; absent for H. */
interface Entering {
  readonly mode: number;
  readonly polarization?: Polarization | undefined;
}

/** The exact distribution of photons over the output modes, before anything detects them. */
export function outputDistribution(
  optics: Optics,
  input: Input,
  noise: NoiseModel,
  watch: Watch,
): Distribution {
  const result: Distribution = new Map();
  if (input.kind === "mixture") {
    for (const { probability, vector } of input.mixture) {
      checkStopped(watch);
      addAll(result, vectorDistribution(optics, vector, watch), probability);
    }
    return result;
  }
  if (input.kind === "annotated")
    return vectorDistribution(optics, [{ re: 1, im: 0, state: input.state }], watch);
  return fockDistribution(optics, input.state, noise, watch);
}

/**
 * The source's outcomes are gathered by their interfering photons: for each, the others' places are a classical
 * distribution that is combined with the interference once.
 */
function fockDistribution(optics: Optics, state: FockState, noise: NoiseModel, watch: Watch): Distribution {
  const everyPeriod = Array.from({ length: optics.periods }, () => state).flat();
  const single = cached((mode: number) => groupDistribution(optics, [{ mode }], watch));
  const nothing: Distribution = new Map([[keyOf(new Uint16Array(optics.modes)), 1]]);
  const classical = new Map<string, Distribution>([["", nothing]]);
  const others = (alone: readonly number[]): Distribution => {
    const key = alone.join();
    const known = classical.get(key);
    if (known !== undefined) return known;
    const distribution = combine(others(alone.slice(0, -1)), single(alone.at(-1)!));
    classical.set(key, distribution);
    return distribution;
  };
  const byInterfering = new Map<string, { interfering: FockState; others: Distribution }>();
  for (const outcome of sourceOutcomes(everyPeriod, noise)) {
    checkStopped(watch);
    const key = outcome.interfering.join();
    const entry = byInterfering.get(key) ?? { interfering: outcome.interfering, others: new Map() };
    byInterfering.set(key, entry);
    addAll(entry.others, others(outcome.alone), outcome.probability);
  }
  const result: Distribution = new Map();
  let done = 0;
  for (const { interfering, others: classicalPart } of byInterfering.values()) {
    checkStopped(watch);
    addAll(result, combine(groupDistribution(optics, photonsOf(interfering), watch), classicalPart), 1);
    watch.onProgress?.(++done / byInterfering.size, "interference");
  }
  return result;
}

function photonsOf(state: FockState): Entering[] {
  return state.flatMap((count, mode) => Array.from({ length: count }, () => ({ mode })));
}

function cached<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    const value = known.get(key) ?? make(key);
    known.set(key, value);
    return value;
  };
}

/** Photons that all interfere with each other. */
function groupDistribution(optics: Optics, photons: readonly Entering[], watch: Watch): Distribution {
  return toOutputs(optics, squared(interferenceOf(optics, photons, watch)));
}

/** Amplitudes by state of all rows of the optics' matrix; their squares sum to the norm of what entered. */
type Amplitudes = Map<string, readonly [re: number, im: number]>;

function interferenceOf(optics: Optics, photons: readonly Entering[], watch: Watch): Amplitudes {
  const rows = optics.matrix.rows;
  const amplitudes = amplitudesOf(
    photons.map((photon) => columnOf(optics, photon)),
    rows,
    watch,
  );
  const result: Amplitudes = new Map();
  forEachState(photons.length, rows, (counts, index) => {
    const re = amplitudes[2 * index]!;
    const im = amplitudes[2 * index + 1]!;
    if (re === 0 && im === 0) return;
    const norm = Math.sqrt(productOfFactorials(counts));
    result.set(keyOf(counts), [re * norm, im * norm]);
  });
  return result;
}

/** Where one photon goes: the column of its mode, or for a polarization the sum of those of H and V. */
function columnOf({ matrix, polarizations }: Optics, { mode, polarization }: Entering): Float64Array {
  const column = new Float64Array(2 * matrix.rows);
  const addColumn = (index: number, re: number, im: number) => {
    for (let row = 0; row < matrix.rows; row++) {
      const from = 2 * (row * matrix.cols + index);
      column[2 * row]! += re * matrix.data[from]! - im * matrix.data[from + 1]!;
      column[2 * row + 1]! += re * matrix.data[from + 1]! + im * matrix.data[from]!;
    }
  };
  if (polarizations === 1) addColumn(mode, 1, 0);
  else {
    const { theta, phi } = polarization ?? { theta: 0, phi: 0 };
    addColumn(2 * mode, Math.cos(theta / 2), 0);
    addColumn(2 * mode + 1, Math.sin(theta / 2) * Math.cos(phi), Math.sin(theta / 2) * Math.sin(phi));
  }
  return column;
}

function productOfFactorials(counts: Uint16Array): number {
  let product = 1;
  for (const count of counts) for (let i = 2; i <= count; i++) product *= i;
  return product;
}

function squared(amplitudes: Amplitudes): Distribution {
  let norm = 0;
  for (const [re, im] of amplitudes.values()) norm += re * re + im * im;
  return new Map([...amplitudes].map(([key, [re, im]]) => [key, (re * re + im * im) / norm]));
}

/** Counts at the outputs only: lost photons and earlier periods are not seen, polarizations are counted together. */
function toOutputs(
  { modes, polarizations, matrix, outputs }: Optics,
  distribution: Distribution,
): Distribution {
  if (polarizations === 1 && matrix.rows === modes && outputs.every((row, mode) => row === mode))
    return distribution;
  return mapStates(distribution, (key) =>
    String.fromCharCode(
      ...outputs.map((row) => key.charCodeAt(row) + (polarizations === 2 ? key.charCodeAt(row + 1) : 0)),
    ),
  );
}

/**
 * A superposition of annotated states. Photons of equal tags interfere; the amplitudes of terms add where all tags
 * are distributed alike, which is what nobody could tell apart.
 */
function vectorDistribution(optics: Optics, vector: StateVector, watch: Watch): Distribution {
  const tags = [...new Set(vector.flatMap(({ state }) => state.flat().map(({ tag }) => tag ?? "")))].sort();
  if (vector.length === 1) {
    const groups = tags.map((tag) =>
      groupDistribution(optics, taggedPhotons(optics, vector[0]!.state, tag), watch),
    );
    return groups.reduce(combine, new Map([[keyOf(new Uint16Array(optics.modes)), 1]]));
  }
  const total: Amplitudes = new Map();
  for (const { re, im, state } of vector) {
    const norm = Math.sqrt(entranceNorm(optics, state, tags, watch));
    let product: Amplitudes = new Map([["", [re / norm, im / norm]]]);
    for (const tag of tags)
      product = tensor(product, interferenceOf(optics, taggedPhotons(optics, state, tag), watch));
    for (const [key, [r, i]] of product) {
      const [r0, i0] = total.get(key) ?? [0, 0];
      total.set(key, [r0 + r, i0 + i]);
    }
  }
  const rows = optics.matrix.rows;
  const merged: Distribution = new Map();
  for (const [key, probability] of squared(total)) {
    const parts = tags.map((_, i) => key.slice(i * rows, (i + 1) * rows));
    add(merged, parts.reduce(sumOf), probability);
  }
  return toOutputs(optics, merged);
}

/** The squared norm that a product of creation operators gives to the vacuum. */
function entranceNorm(optics: Optics, state: AnnotatedState, tags: readonly string[], watch: Watch): number {
  return tags.reduce((product, tag) => {
    let norm = 0;
    for (const [re, im] of interferenceOf(optics, taggedPhotons(optics, state, tag), watch).values())
      norm += re * re + im * im;
    return product * norm;
  }, 1);
}

function taggedPhotons({ periods, modes }: Optics, state: AnnotatedState, tag: string): Entering[] {
  return Array.from({ length: periods }, (_, period) =>
    state.flatMap((photons, mode) =>
      photons
        .filter((photon) => (photon.tag ?? "") === tag)
        .map(({ polarization }) => ({ mode: period * modes + mode, polarization })),
    ),
  ).flat();
}

function tensor(a: Amplitudes, b: Amplitudes): Amplitudes {
  const result: Amplitudes = new Map();
  for (const [first, [re, im]] of a) {
    for (const [second, [r, i]] of b) result.set(first + second, [re * r - im * i, re * i + im * r]);
  }
  return result;
}
