import { type Arena, arenaBytes, createArena, type Engine } from "./arena.ts";
import { type NoisePlan, targetsOf } from "./noise-plan.ts";
import {
  chunkMax,
  columnBytes,
  interleavedOf,
  placeBack,
  placeBytes,
  placeFront,
  placeRows,
  scratchBytes,
  tableBytes,
  writeChances,
  writeColumn,
} from "./row-tables.ts";

/** Some layers of probabilities, from `lo` to `hi` photons, one after the other. */
export interface Layers {
  readonly at: number;
  readonly lo: number;
  readonly hi: number;
}

/** Layers and the factor that they are multiplied by. */
export interface Weighted {
  readonly layers: Layers;
  readonly weight: number;
}

/** What exact noise is made of. */
export interface NoiseMemory {
  readonly arena: Arena;
  /** Where the results of each depth go, for each number of interfering photons of the group before; and one more. */
  readonly pool: readonly (readonly number[])[];
  readonly spare: number;
  /** Makes the amplitudes of `photons` photons from those of one less. */
  grow(column: Float64Array, photons: number): void;
  /** Their probabilities, as far as they are seen. */
  square(photons: number, at: number): Layers;
  /** to = scale · ways · from + Σ weight · source; `ways` are of one photon. */
  mix(
    from: Layers | undefined,
    ways: { readonly seen: Float64Array; readonly unseen: number; readonly scale: number },
    sources: readonly Weighted[],
    to: number,
  ): Layers;
  /** Of each number of photons the probabilities of its states in descending order. */
  read(layers: Layers): Float64Array[];
}

function sizesOf(plan: NoisePlan) {
  const { groups, front, seenFront, back, layers, spans, photonsMax, modes, interferingMax } = plan;
  const interleaved = interleavedOf(back);
  const scratch = scratchBytes(interleaved, Math.max(photonsMax, interferingMax) + 4);
  const slots = spans.map((_, j) => (j === 0 ? 1 : groups[j - 1]!.chances.length));
  const targets = layers.reduce(
    (words, _, s) => front.sizes.slice(0, s + 1).reduce((sum, size) => sum + size + 16, words),
    0,
  );
  const bytes =
    tableBytes(front) +
    (front === seenFront ? 0 : tableBytes(seenFront)) +
    tableBytes(back) +
    placeBytes(seenFront) * (photonsMax + 1) +
    columnBytes(front) +
    columnBytes(back) +
    layers.reduce((sum, { size }) => sum + 16 * size + 64, scratch) +
    spans.reduce((sum, span, j) => sum + slots[j]! * (8 * span + 64), 8 * spans[0]! + 64) +
    4 * targets +
    64 * (modes + 16);
  return { interleaved, scratch, slots, bytes };
}

/** Bytes that exact noise takes while it is computed. */
export function noiseBytes(plan: NoisePlan): number {
  return arenaBytes(sizesOf(plan).bytes);
}

export function createNoiseMemory(plan: NoisePlan, engine: Engine): NoiseMemory {
  const { modes, unseenModes, photonsMax, back, seenFront, front, seenLayers, layers, offsets, spans } = plan;
  const { interleaved, scratch: scratchSize, slots, bytes } = sizesOf(plan);
  const arena = createArena(bytes, engine);
  const { kernels } = arena;
  const scratch = arena.allocate(scratchSize);
  const seenTables = placeFront(seenFront, arena);
  const tables = front === seenFront ? seenTables : placeFront(front, arena);
  const backTables = placeBack(back, arena, scratch);
  const uFront = arena.allocate(columnBytes(front));
  const uBack = arena.allocate(columnBytes(back));
  const amplitudes = layers.map(({ size }) => arena.allocate(16 * size));
  const targets = layers.map((_, s) => targetsOf(plan, s).map((rows) => arena.put(rows)));
  const pool = spans.map((span, j) => Array.from({ length: slots[j]! }, () => arena.allocate(8 * span)));
  const spare = arena.allocate(8 * spans[0]!);
  const weights = arena.allocate(16 * 16);
  const extras = arena.allocate(8 * 16);
  arena.floats(amplitudes[0]!, 2).set([1, 0]);
  const place = ({ at, lo }: Layers, k: number) => at + 8 * (offsets[k]! - offsets[lo]!);

  return {
    arena,
    pool,
    spare,
    grow(column, photons) {
      const turned = unseenFirst(column, modes);
      writeColumn(arena, uFront, front, turned, 0, true);
      writeColumn(arena, uBack, back, turned, front.modes, true);
      const from = amplitudes[photons - 1]!;
      const { starts } = layers[photons]!;
      for (let i = 0; i <= photons; i++) {
        const { records, end } = tables.levels[i]!;
        const chunks = backTables.chunks[photons - i]!;
        const before = layers[photons - 1]!.starts;
        kernels.slosRows(
          ...([records, end, 0, i === 0 ? 1 : 0, 0, 0, tables.shift, uFront] as const),
          i === 0 ? 0 : from + 16 * before[i - 1]!,
          back.sizes[photons - i]!,
          i === photons ? 0 : from + 16 * before[i]!,
          i === photons ? 0 : back.sizes[photons - 1 - i]!,
          ...([backTables.shift, uBack, chunks.at, chunks.end, 0] as const),
          amplitudes[photons]! + 16 * starts[i]!,
          ...([0, scratch, interleaved, chunkMax] as const),
        );
      }
    },
    square(photons, at) {
      const lo = unseenModes > 0 ? 0 : photons;
      const hi = Math.min(photons, photonsMax);
      if (lo > hi) return { at, lo, hi };
      kernels.clear(at, 8 * (offsets[hi + 1]! - offsets[lo]!));
      const begin = at - 8 * offsets[lo]!;
      for (const [i, start] of layers[photons]!.starts.entries()) {
        const from = amplitudes[photons]! + 16 * start;
        kernels.squareRows(from, begin, front.sizes[i]!, back.sizes[photons - i]!, targets[photons]![i]!);
      }
      return { at, lo, hi };
    },
    mix(from, { seen, unseen, scale }, sources, to) {
      const own =
        from === undefined || unseen === 0 ? sources : [...sources, { layers: from, weight: unseen * scale }];
      const known = own.map(({ layers: known }) => known);
      const grown = from === undefined ? [] : [{ ...from, lo: from.lo + 1, hi: from.hi + 1 }];
      const spanned = [...known, ...grown].filter(({ lo, hi }) => lo <= hi);
      const lo = Math.min(photonsMax + 1, ...spanned.map((span) => span.lo));
      const hi = Math.min(photonsMax, Math.max(-1, ...spanned.map((span) => span.hi)));
      const result = { at: to, lo, hi };
      if (from !== undefined) {
        writeChances(arena, uFront, seenFront, seen, 0, scale);
        writeChances(arena, uBack, back, seen, seenFront.modes, scale);
      }
      const weightValues = arena.floats(weights, 2 * own.length);
      for (const [n, { weight }] of own.entries()) weightValues.fill(weight, 2 * n, 2 * n + 2);
      const list = arena.words(extras, 2 * own.length);
      for (let k = lo; k <= hi; k++) {
        const before = from !== undefined && k > from.lo && k - 1 <= from.hi ? place(from, k - 1) : 0;
        for (let i = 0; i <= k; i++) {
          const start = 8 * seenLayers[k]!.starts[i]!;
          let count = 0;
          for (const [n, source] of own.entries()) {
            if (k < source.layers.lo || k > source.layers.hi) continue;
            list[2 * count] = place(source.layers, k) + start;
            list[2 * count++ + 1] = weights + 16 * n;
          }
          const { records, end } = seenTables.levels[i]!;
          const chunks = backTables.chunks[k - i]!;
          const starts = seenLayers[k - 1]?.starts;
          kernels.mixRows(
            ...([records, end, 0, i === 0 ? 1 : 0, seenTables.shift, uFront] as const),
            before > 0 && i > 0 ? before + 8 * starts![i - 1]! : 0,
            back.sizes[k - i]!,
            before > 0 && i < k ? before + 8 * starts![i]! : 0,
            before > 0 && i < k ? back.sizes[k - 1 - i]! : 0,
            ...([backTables.shift, uBack, chunks.at, chunks.end] as const),
            place(result, k) + start,
            ...([extras, count, scratch, interleaved, chunkMax] as const),
          );
        }
      }
      return result;
    },
    read(result) {
      return seenLayers.map(({ size, starts }, k) => {
        const values = new Float64Array(size);
        if (k < result.lo || k > result.hi) return values;
        const from = arena.floats(place(result, k), size);
        placeRows(seenFront, back, k, seenTables, arena);
        for (const [i, start] of starts.entries()) {
          const length = back.sizes[k - i]!;
          const { records, end } = seenTables.levels[i]!;
          copyRows(from.subarray(start), arena.words(records, (end - records) / 4), i === 0, length, values);
        }
        return values;
      });
    },
  };
}

/** Copies rows to the places that their records name. */
function copyRows(
  from: Float64Array,
  records: Uint32Array,
  empty: boolean,
  length: number,
  to: Float64Array,
): void {
  for (let word = 0, start = 0; word < records.length; word++, start += length) {
    to.set(from.subarray(start, start + length), records[word]!);
    if (!empty) while (records[++word]! < 2 ** 31);
  }
}

function unseenFirst(column: Float64Array, modes: number): Float64Array {
  if (column.length === 2 * modes) return column;
  const turned = new Float64Array(column.length);
  turned.set(column.subarray(2 * modes));
  turned.set(column.subarray(0, 2 * modes), column.length - 2 * modes);
  return turned;
}
