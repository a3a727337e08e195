import { type Arena, createArena, type Engine, releaseArena } from "./arena.ts";
import { partOf, unbounded } from "./state-part.ts";
import { subsetsBySize } from "./subsets-by-size.ts";

/** Photons that enter by one column. */
export interface ShotGroup {
  /** Amplitudes with which a photon leaves by each row, two numbers each. */
  readonly column: Float64Array;
  /** [k][a] the probability of k photons that interfere with those of other groups and a that interfere with none. */
  readonly chances: readonly (readonly number[])[];
}

/**
 * Draws shots one by one: only photons that are there are followed, in O(n·2^n) for n that interfere. Shots have
 * numbers, and each is drawn from a stream of its own.
 */
export interface ShotSampler {
  /** The numbers of the states of up to `shotsAtOnce` shots, in memory that the next call overwrites. */
  draw(seed: bigint, first: number, end: number): Float64Array;
  /** Of each number of photons, the number of its first state, with one more; they follow in descending order. */
  readonly offsets: Float64Array;
  release(): void;
}

/** Shots between looks at whether to go on. */
export const shotsAtOnce = 1024;

const fieldCount = 18;

interface Sizes {
  readonly photonsMax: number;
  readonly interferingMax: number;
  /** Rows of the columns, padded to whole passes of the kernel. */
  readonly rows: number;
  readonly outcomes: number;
  readonly bytes: number;
}

function sizesOf(groups: readonly ShotGroup[], seen: number): Sizes {
  const most = (of: (k: number, row: readonly number[]) => number) =>
    groups.reduce((sum, { chances }) => sum + Math.max(...chances.map((row, k) => of(k, row))), 0);
  const photonsMax = Math.max(
    1,
    most((k, row) => k + row.length - 1),
  );
  const interferingMax = most((k) => k);
  const rows = Math.ceil(Math.max(1, ...groups.map(({ column }) => column.length / 2)) / 4) * 4;
  const outcomes = groups.reduce((sum, { chances }) => sum + chances.flat().length, 0);
  const levels = photonsMax + 1;
  const bytes =
    groups.length * (24 * rows + 8 + 64) +
    16 * outcomes +
    8 * 2 ** Math.max(0, interferingMax - 2) +
    16 * 2 ** interferingMax +
    32 * levels * levels +
    16 * rows +
    48 * levels +
    8 * (seen * levels * levels + levels * (seen + 1) + levels + 1) +
    8 * shotsAtOnce +
    64 * (fieldCount + 4);
  return { photonsMax, interferingMax, rows, outcomes, bytes };
}

/** Bytes that a sampler takes. */
export function shotBytes(groups: readonly ShotGroup[], seen: number): number {
  return sizesOf(groups, seen).bytes;
}

/** @param seen how many of the columns' first rows are seen; photons in others are not counted */
export function createShotSampler(
  groups: readonly ShotGroup[],
  seen: number,
  engine: Engine = "wasm",
): ShotSampler {
  const { photonsMax, interferingMax, rows, bytes } = sizesOf(groups, seen);
  const arena = createArena(bytes, engine);
  const { skipped, above, offsets } = rankTables(seen, photonsMax);
  const { columns, sums } = placeColumns(groups, rows, arena);
  const out = arena.allocate(8 * shotsAtOnce);
  const sampler = arena.put(
    Uint32Array.of(
      columns,
      rows,
      seen,
      sums,
      groups.length,
      arena.put(Uint32Array.from(groups.flatMap(({ chances }, g) => [g, placeOutcomes(chances, arena)]))),
      arena.put(subsetsBySize(Math.max(0, interferingMax - 3))),
      photonsMax,
      arena.allocate(16 * 2 ** interferingMax),
      arena.allocate(32 * (photonsMax + 1) ** 2),
      arena.allocate(16 * rows),
      arena.allocate(32 * photonsMax),
      arena.allocate(4 * photonsMax),
      arena.allocate(4 * photonsMax),
      arena.allocate(4 * photonsMax),
      arena.put(skipped),
      arena.put(above),
      arena.put(offsets),
    ),
  );
  return {
    offsets,
    draw(seed, first, end) {
      arena.kernels.drawShots(sampler, seed, first, end, out);
      return arena.floats(out, end - first);
    },
    release: () => releaseArena(arena),
  };
}

function placeColumns(groups: readonly ShotGroup[], rows: number, arena: Arena) {
  const amplitudes = new Float64Array(2 * rows * groups.length);
  const sums = new Float64Array(rows * groups.length);
  for (const [g, { column }] of groups.entries()) {
    amplitudes.set(column, 2 * rows * g);
    for (let row = 0, sum = 0; row < rows; row++) {
      sum += (column[2 * row] ?? 0) ** 2 + (column[2 * row + 1] ?? 0) ** 2;
      sums[rows * g + row] = sum;
    }
  }
  return { columns: arena.put(amplitudes), sums: arena.put(sums) };
}

/** [probability up to this outcome, photons that interfere, photons that do not] each; the last one takes what is left. */
function placeOutcomes(chances: readonly (readonly number[])[], arena: Arena): number {
  const outcomes = chances
    .flatMap((row, k) => row.map((probability, a) => ({ probability, k, a })))
    .filter(({ probability }) => probability > 0);
  const at = arena.allocate(16 * outcomes.length);
  let sum = 0;
  for (const [i, { probability, k, a }] of outcomes.entries()) {
    sum += probability;
    arena.floats(at + 16 * i, 1)[0] = i === outcomes.length - 1 ? 2 : sum;
    arena.words(at + 16 * i + 8, 2).set([k, a]);
  }
  return at;
}

/** How many states come before one: those of fewer photons, then those with more photons in an earlier mode. */
function rankTables(modes: number, photonsMax: number) {
  const levels = photonsMax + 1;
  const { above, sizes } = partOf(unbounded(modes), photonsMax);
  const skipped = new Float64Array(levels * (modes + 1));
  for (let rest = 0; rest < levels; rest++) {
    for (let mode = 0, at = rest * (modes + 1); mode < modes; mode++, at++)
      skipped[at + 1] = skipped[at]! + above[(mode * levels + rest) * levels]!;
  }
  const offsets = new Float64Array(levels + 1);
  for (let photons = 0; photons < levels; photons++)
    offsets[photons + 1] = offsets[photons]! + sizes[photons]!;
  return { above, skipped, offsets };
}
