import type { Arena } from "./arena.ts";
import type { Part } from "./state-part.ts";

/** Rows of the back with more entries than this are computed one by one. */
export const interleavedMax = 6144;

/** States of the back that are computed together, so that they stay in the nearest cache. */
export const chunkMax = 256;

/** Rows of the front between two known beginnings of records. */
export const rowsBetween = 64;

/** Addresses of the records of the front's states, by their photons. */
export interface FrontTables {
  readonly levels: readonly {
    readonly records: number;
    readonly end: number;
    /** Where the record of every 64th state begins, with one more for the end. */
    readonly starts: Uint32Array;
    /** What each state misses of what it must hold, or 0 when none misses anything. */
    readonly missing: number;
  }[];
  readonly shift: number;
}

/** Addresses of the chunks of the back's states, by their photons. */
export interface BackTables {
  readonly chunks: readonly { readonly at: number; readonly end: number }[];
  readonly shift: number;
}

export function placeFront(part: Part, arena: Arena): FrontTables {
  const shift = shiftOf(part);
  const address = placePart(part, shift, arena);
  const demanding = part.required.some((count) => count > 0);
  const levels = part.sizes.map((size, photons) => {
    const bytes = 4 * (size + part.terms[photons]!);
    const records = arena.allocate(bytes);
    const startCount = Math.ceil(size / rowsBetween) + 1;
    const starts = arena.allocate(4 * startCount);
    const missing = demanding ? arena.allocate(size) : 0;
    arena.kernels.frontLevel(address, photons, records, starts, missing);
    return { records, end: records + bytes, starts: arena.words(starts, startCount), missing };
  });
  return { levels, shift };
}

export function placeBack(part: Part, arena: Arena, scratch: number): BackTables {
  const shift = shiftOf(part);
  const address = placePart(part, shift, arena);
  const chunks = part.sizes.map((size, photons) => {
    const count = Math.ceil(size / chunkMax);
    const records = arena.allocate(4 * (size + part.terms[photons]!));
    const segments = arena.allocate(16 * count * (Math.min(photons, part.modes) + 1));
    const at = arena.allocate(16 * count);
    arena.kernels.backLevel(address, photons, chunkMax, records, segments, at, scratch);
    return { at, end: at + 16 * count };
  });
  return { chunks, shift };
}

/** Writes to each row's record where it stands in the output; returns how many states that has. */
export function placeRows(
  front: Part,
  back: Part,
  photons: number,
  tables: FrontTables,
  arena: Arena,
): number {
  const bounds = { caps: [...front.caps, Number.POSITIVE_INFINITY], required: [...front.required, 0] };
  const address = placePart({ ...front, ...bounds, modes: front.modes + 1 }, 0, arena);
  const backSizes = arena.put(Uint32Array.from(back.sizes));
  const records = arena.put(Uint32Array.from(tables.levels, (level) => level.records));
  return arena.kernels.frontPlaces(address, photons, backSizes, records);
}

/** Bits of a term that name a coefficient. */
function shiftOf({ modes, photonsMax, sizes }: Part): number {
  const shift = Math.max(1, Math.ceil(Math.log2(modes * (photonsMax + 1) + 1)));
  if (Math.max(...sizes) * 2 ** shift > 2 ** 31)
    throw new RangeError(
      `Cannot number the states of ${photonsMax} photons in ${modes} modes: they are too many`,
    );
  return shift;
}

function placePart(part: Part, shift: number, arena: Arena): number {
  const { modes, photonsMax, caps, required, above } = part;
  const bounded = caps.map((cap) => Math.min(cap, photonsMax));
  const capsFrom = new Uint32Array(modes + 1);
  for (let mode = modes - 1; mode >= 0; mode--) capsFrom[mode] = capsFrom[mode + 1]! + bounded[mode]!;
  const fields = [
    modes,
    photonsMax + 1,
    shift,
    arena.put(Uint32Array.from(bounded)),
    arena.put(capsFrom),
    arena.put(Uint32Array.from(required)),
    arena.put(Uint32Array.from(above)),
    arena.allocate(12 * (modes + 1)),
  ];
  return arena.put(Uint32Array.from(fields));
}

/** Bytes that the tables of a part take at most. */
export function tableBytes({ modes, photonsMax, sizes, terms }: Part): number {
  const part = 4 * modes * (photonsMax + 1) ** 2 + 32 * (modes + 2) + 10 * 64;
  return sizes.reduce((bytes, size, photons) => {
    const segments = Math.ceil(size / chunkMax) * (2 + Math.min(photons, modes));
    return bytes + 4 * (size + terms[photons]!) + Math.max(16 * segments, size / 16) + 256;
  }, part);
}

/** Bytes of what `placeFront` adds when states must hold photons, and of what `placeRows` needs. */
export function placeBytes({ modes, photonsMax, sizes, required }: Part): number {
  const missing = required.some((count) => count > 0)
    ? sizes.reduce((bytes, size) => bytes + size + 64, 0)
    : 0;
  return missing + 4 * modes * (photonsMax + 1) ** 2 + 32 * (modes + 3) + 8 * (photonsMax + 1) + 12 * 64;
}

/** What one thread needs beside: interleaved rows, sums of a chunk for four rows, what they are made of. */
export function scratchBytes(interleaved: number, terms: number): number {
  return 64 * interleaved + 64 * chunkMax + 64 + 32 * (terms + 8);
}

/** Entries of the longest rows that are interleaved. */
export function interleavedOf(back: Part): number {
  return Math.min(interleavedMax, Math.max(1, ...back.sizes.slice(0, -1)));
}

/** Bytes of the coefficients of a part, as `writeColumn` writes them. */
export function columnBytes({ modes, photonsMax }: Part): number {
  return 32 * modes * (photonsMax + 1);
}

/**
 * Writes the coefficients of a photon for each count that it makes in each mode: u·√count for amplitudes, the real
 * part twice and, if `complex`, the imaginary part twice.
 * @param first the part's first mode in the column
 */
export function writeColumn(
  arena: Arena,
  at: number,
  { modes, photonsMax }: Part,
  column: Float64Array,
  first: number,
  complex: boolean,
): void {
  const size = complex ? 4 : 2;
  const to = arena.floats(at, size * modes * (photonsMax + 1));
  for (let mode = 0, i = 0; mode < modes; mode++) {
    const re = column[2 * (first + mode)]!;
    const im = column[2 * (first + mode) + 1]!;
    for (let count = 0; count <= photonsMax; count++, i += size) {
      const root = Math.sqrt(count);
      to[i] = re * root;
      to[i + 1] = re * root;
      if (!complex) continue;
      to[i + 2] = im * root;
      to[i + 3] = im * root;
    }
  }
}

/** Writes probabilities of a photon as coefficients, each twice, which are the same for every count. */
export function writeChances(
  arena: Arena,
  at: number,
  { modes, photonsMax }: Part,
  chances: Float64Array,
  first: number,
  scale: number,
): void {
  const size = 2 * (photonsMax + 1);
  const to = arena.floats(at, size * modes);
  for (let mode = 0; mode < modes; mode++)
    to.fill(chances[first + mode]! * scale, size * mode, size * (mode + 1));
}
