import { checkStopped, type Watch } from "../simulation/watch.ts";
import { type Arena, createArena, type Engine, releaseArena } from "./arena.ts";

/** States that were drawn, in order, and how often each. */
export interface Counts {
  readonly states: Uint32Array;
  readonly draws: Uint32Array;
}

const statesAtOnce = 1 << 18;
const drawsAtOnce = 1 << 18;

/** Bytes that `countSorted` needs beside the probabilities. */
export const sortedBytes = 8 * statesAtOnce + 8 * 514 + 512;

/**
 * How often each state comes in so many independent draws: sorted uniform numbers, as exponential spacings, against
 * the running sum of probabilities. Exact, in time of states plus draws; the same counts on any number of threads.
 *
 * @param probabilities in the arena; they need not sum to one
 * @param draws at most 2^32 − 1
 */
export function countSorted(
  probabilities: Float64Array,
  draws: number,
  seed: bigint,
  arena: Arena,
  watch: Watch = {},
): Counts {
  const { kernels } = arena;
  const values = probabilities.byteOffset;
  const size = probabilities.length;
  const layers = arena.put(exponentialLayers());
  const state = arena.allocate(64);
  const pairs = arena.allocate(8 * statesAtOnce);
  const phase = "sampling";
  let spacings = 0;
  for (let first = 0; first <= draws; first += drawsAtOnce) {
    spacings = kernels.spacings(
      seed,
      first,
      Math.min(draws + 1, first + drawsAtOnce),
      spacings,
      state,
      layers,
    );
    watch.onProgress?.((0.4 * first) / draws, phase);
    checkStopped(watch);
  }
  let total = 0;
  for (let first = 0; first < size; first += statesAtOnce)
    total = kernels.total(values + 8 * first, Math.min(statesAtOnce, size - first), total);
  kernels.beginSorted(seed, draws, state, layers);
  const found: Uint32Array[] = [];
  let left = draws;
  for (let first = 0; first < size && left > 0; first += statesAtOnce) {
    const end = Math.min(size, first + statesAtOnce);
    const count = kernels.countSorted(values, first, end, spacings / total, state, pairs, layers);
    found.push(arena.words(pairs, 2 * count).slice());
    left = arena.words(state + 48, 1)[0]!;
    watch.onProgress?.(0.4 + (0.6 * end) / size, phase);
    checkStopped(watch);
  }
  return inColumns(found, left);
}

/** @param left draws that rounding put behind the last state: they are the last one's */
function inColumns(found: readonly Uint32Array[], left: number): Counts {
  const size = found.reduce((sum, { length }) => sum + length / 2, 0);
  const states = new Uint32Array(size);
  const draws = new Uint32Array(size);
  let row = 0;
  for (const pairs of found) {
    for (let i = 0; i < pairs.length; i += 2, row++) {
      states[row] = pairs[i]!;
      draws[row] = pairs[i + 1]!;
    }
  }
  if (size > 0) draws[size - 1]! += left;
  return { states, draws };
}

/** The ziggurat of the exponential distribution: 257 widths, then the density at each. */
export function exponentialLayers(): Float64Array {
  const area = 3.949659822581557e-3;
  const behind = 7.697117470131487;
  const layers = new Float64Array(2 * 257);
  layers[0] = area / Math.exp(-behind);
  layers[1] = behind;
  for (let i = 1; i < 255; i++) layers[i + 1] = -Math.log(area / layers[i]! + Math.exp(-layers[i]!));
  for (let i = 0; i < 257; i++) layers[257 + i] = Math.exp(-layers[i]!);
  return layers;
}

/** The same for weights anywhere. */
export function countsOfDraws(
  weights: Float64Array,
  draws: number,
  seed: bigint,
  watch: Watch = {},
  engine: Engine = "wasm",
): Counts {
  const arena = createArena(weights.byteLength + sortedBytes + 64, engine);
  try {
    return countSorted(arena.floats(arena.put(weights), weights.length), draws, seed, arena, watch);
  } finally {
    releaseArena(arena);
  }
}
