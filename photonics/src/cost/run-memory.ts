import type { KeptBlock } from "./kept-states.ts";
import { logStates } from "./log-binomial.ts";
import { type Magnitude, magnitude, sum, ZERO } from "./magnitude.ts";
import type { RunShape } from "./run-shape.ts";
import type { SourceOutcomes } from "./source-outcomes.ts";

/** Bytes of a result's text that are alive at once: in pieces, whole, on its way between threads, and arrived. */
export const textCopies = 3.85;
/** What any job takes: tables, texts in the making, what is collected later. */
export const anyJob = magnitude(3 * 2 ** 20);
/** Memory of kernels up to this size is kept, larger memory is given back before the result is written. */
const keptBytesMax = magnitude(64 * 2 ** 20);
const amplitude = magnitude(16);
const probability = magnitude(8);

/** What a strong simulation holds, in decimal logarithms of bytes. */
export interface StrongMemory {
  /** What kernels compute in. */
  readonly kernels: Magnitude;
  /** Probabilities, and the states they belong to. */
  readonly table: Magnitude;
}

/** Bytes at the peak of a run: while it is computed or while its result is written. */
export function peakBytes(
  { kernels, table }: StrongMemory,
  drawn: Magnitude,
  resultBytes: Magnitude,
): Magnitude {
  const text = magnitude(textCopies) + resultBytes;
  const kept = kernels > keptBytesMax ? ZERO : kernels;
  return sum(anyJob, Math.max(sum(kernels, table), sum(kept, table, drawn, text)));
}

/** @param states that are computed and gathered */
export function strongMemory(shape: RunShape, source: SourceOutcomes, states: Magnitude): StrongMemory {
  // A layer and the probabilities of what is kept of it, and two bytes for each mode that is shown.
  const table = states + magnitude(16 + 2 * shape.caps.length + (shape.visited ? 24 : 0));
  return { kernels: kernelBytes(shape, source), table };
}

function kernelBytes(shape: RunShape, source: SourceOutcomes): Magnitude {
  if (shape.kept !== undefined) return Math.max(ZERO, ...shape.kept.blocks.map(idealBytes));
  const photons = source.photonsMax;
  if (!shape.byKernels) return magnitude(2) + amplitude + logStates(shape.internalModes, photons);
  const amplitudes = amplitude + logStates(shape.internalModes + 1, source.interferingMax);
  // Exact noise has results of each group of photons for each number that interfere in the group before.
  const results = shape.photonsPerMode
    .filter((count) => count > 0)
    .reduce((slots, count) => slots + 1 + count * source.interferingEach, 2);
  return sum(amplitudes, magnitude(results) + probability + logStates(shape.seenModes + 1, photons));
}

/** Two layers in turns, the last one of probabilities. */
export function idealBytes({ layers, states }: KeptBlock): Magnitude {
  const before = (count: number) => amplitude + (layers.at(-1 - count) ?? ZERO);
  return sum(before(1), Math.max(before(2), probability + states));
}

/** Bytes that draws from known probabilities take beside. */
export function drawnBytes(
  shape: RunShape,
  states: Magnitude,
  entries: Magnitude,
  draws: Magnitude,
): Magnitude {
  if (shape.command === "probs") return ZERO;
  const perEntry = entries + magnitude(8 + 2 * shape.caps.length);
  return sum(states + magnitude(8), perEntry, shape.command === "samples" ? draws + magnitude(8) : ZERO);
}
