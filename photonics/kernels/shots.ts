// Boson sampling one shot at a time (P. and R. Clifford, arXiv 1706.01260): photon by photon, each mode is drawn with
// its probability given those before. The amplitudes that it takes are permanents of the modes drawn so far and
// subsets of the photons; they are kept for all subsets, a photon doubling them, n·2^(n−1) complex products a shot.
import { timesI } from "./complex";
import { nextBelow, nextUniform, seedStream } from "./random";
import { addColumn } from "./subset-amplitudes";

/** What a sampler needs; addresses unless said otherwise. */
@unmanaged
class Sampler {
  /** Columns of photons, each of `rows` complex numbers. */
  columns: usize;
  /** Number of rows, a multiple of 4; those beyond the matrix are zero. */
  rows: u32;
  /** Rows that are seen; photons in others are not counted. */
  seen: u32;
  /** Of each column, sums of its probabilities up to each row (f64). */
  sums: usize;
  /** Number of groups of photons that enter alike. */
  groups: u32;
  /** For each group: [column, address of outcomes]. */
  groupTable: usize;
  /** Subsets of q bits in ascending order of their size, for each q; times four. */
  subsets: usize;
  /** Most photons at once. */
  photonsMax: u32;
  /** Amplitudes of subsets. */
  amplitudes: usize;
  /** [drawn][photon] coefficients: real part twice, imaginary part twice. */
  coefficients: usize;
  /** The amplitudes of the next photon's rows. */
  weights: usize;
  /** Amplitudes of all photons but one, real part twice, imaginary part twice. */
  minors: usize;
  /** Columns of the coherent photons and of the others; modes that were drawn. */
  coherent: usize;
  alone: usize;
  drawn: usize;
  /** [photons behind][mode] and [mode][photons][count], for ranks; see src/kernels/shots.ts. */
  skipped: usize;
  above: usize;
  /** Of each number of photons, the rank of its first state. */
  offsets: usize;
}

@inline
function storeTwice(at: usize, re: f64, im: f64): void {
  v128.store(at, f64x2.splat(re));
  v128.store(at, f64x2.splat(im), 16);
}

/** Draws the row of the k-th photon and returns it; its amplitude becomes that of all photons so far. */
function drawRow(p: Sampler, k: u32): u32 {
  const f = p.amplitudes;
  const all: usize = (1 << k) - 1;
  const minors = p.minors;
  for (let c: u32 = 0; c < k; c++) {
    const at = f + ((all ^ (<usize>1 << c)) << 4);
    storeTwice(minors + (<usize>c << 5), load<f64>(at), load<f64>(at, 8));
  }
  const columnBytes = <usize>p.rows << 4;
  const end = minors + (<usize>k << 5);
  const weights = p.weights;
  let total: f64 = 0;
  for (let row: usize = 0; row < columnBytes; row += 64) {
    let a0 = f64x2.splat(0), a1 = a0, a2 = a0, a3 = a0, b0 = a0, b1 = a0, b2 = a0, b3 = a0;
    for (let m = minors, c = p.coherent; m < end; m += 32, c += 4) {
      const u = p.columns + <usize>load<u32>(c) * columnBytes + row;
      const re = v128.load(m);
      const im = v128.load(m, 16);
      let v = v128.load(u);
      a0 = f64x2.add(a0, f64x2.mul(v, re));
      b0 = f64x2.add(b0, f64x2.mul(v, im));
      v = v128.load(u, 16);
      a1 = f64x2.add(a1, f64x2.mul(v, re));
      b1 = f64x2.add(b1, f64x2.mul(v, im));
      v = v128.load(u, 32);
      a2 = f64x2.add(a2, f64x2.mul(v, re));
      b2 = f64x2.add(b2, f64x2.mul(v, im));
      v = v128.load(u, 48);
      a3 = f64x2.add(a3, f64x2.mul(v, re));
      b3 = f64x2.add(b3, f64x2.mul(v, im));
    }
    v128.store(weights + row, f64x2.add(a0, timesI(b0)));
    v128.store(weights + row, f64x2.add(a1, timesI(b1)), 16);
    v128.store(weights + row, f64x2.add(a2, timesI(b2)), 32);
    v128.store(weights + row, f64x2.add(a3, timesI(b3)), 48);
  }
  for (let at = weights, last = weights + columnBytes; at < last; at += 16)
    total += load<f64>(at) * load<f64>(at) + load<f64>(at, 8) * load<f64>(at, 8);
  let bound = nextUniform() * total;
  let row: u32 = 0;
  let drawn: u32 = 0;
  for (let at = weights; row < p.rows; row++, at += 16) {
    const weight = load<f64>(at) * load<f64>(at) + load<f64>(at, 8) * load<f64>(at, 8);
    if (weight == 0) continue;
    drawn = row;
    if (bound < weight) break;
    bound -= weight;
  }
  v128.store(f + (all << 4), v128.load(weights + (<usize>drawn << 4)));
  return drawn;
}

/** Coefficients of the k-th drawn row for all photons, and of the next one, which is not drawn yet, zero. */
function fillCoefficients(p: Sampler, k: u32, row: u32, photons: u32): void {
  const rowBytes = <usize>p.photonsMax << 5;
  let at = p.coefficients + <usize>k * rowBytes;
  const columnBytes = <usize>p.rows << 4;
  for (let c: u32 = 0; c < photons; c++, at += 32) {
    const u = p.columns + <usize>load<u32>(p.coherent + (<usize>c << 2)) * columnBytes + (<usize>row << 4);
    storeTwice(at, load<f64>(u), load<f64>(u, 8));
    storeTwice(at + rowBytes, 0, 0);
  }
}

/** Appends the rows of photons that interfere; returns the end of the list. */
function drawCoherent(p: Sampler, photons: u32, to: usize): usize {
  if (photons == 0) return to;
  for (let i = photons - 1; i > 0; i--) {
    const a = p.coherent + (<usize>i << 2);
    const b = p.coherent + (<usize>nextBelow(i + 1) << 2);
    const swapped = load<u32>(a);
    store<u32>(a, load<u32>(b));
    store<u32>(b, swapped);
  }
  const f = p.amplitudes;
  const rowBytes = <usize>p.photonsMax << 5;
  for (let k: u32 = 1; k <= photons; k++) {
    if (k == 2) {
      const u = p.coefficients + rowBytes + 32;
      store<f64>(f, load<f64>(u), 32);
      store<f64>(f, load<f64>(u, 16), 40);
    } else if (k > 2) addColumn(f, p.coefficients, rowBytes, k, p.subsets);
    const row = k == 1 ? drawAlone(p, load<u32>(p.coherent)) : drawRow(p, k);
    if (k == 1) {
      const u = p.columns + ((<usize>load<u32>(p.coherent) * <usize>p.rows + <usize>row) << 4);
      v128.store(f, v128(0, 0, 0, 0, 0, 0, -16, 63, 0, 0, 0, 0, 0, 0, 0, 0));
      v128.store(f, v128.load(u), 16);
    }
    if (k < photons) fillCoefficients(p, k, row, photons);
    if (row < p.seen) {
      store<u32>(to, row);
      to += 4;
    }
  }
  return to;
}

/** The row of one photon by itself. */
function drawAlone(p: Sampler, column: u32): u32 {
  const sums = p.sums + ((<usize>column * <usize>p.rows) << 3);
  const bound = nextUniform() * load<f64>(sums + (<usize>(p.rows - 1) << 3));
  let row: u32 = 0;
  while (row < p.rows - 1 && load<f64>(sums + (<usize>row << 3)) <= bound) row++;
  return row;
}

/** Draws what each group emits, then where the photons go; returns the number of the state. */
function drawShot(p: Sampler): f64 {
  let coherent = p.coherent;
  let alone = p.alone;
  for (let g = p.groupTable, end = p.groupTable + (<usize>p.groups << 3); g < end; g += 8) {
    let outcome = <usize>load<u32>(g, 4);
    const u = nextUniform();
    // [probability up to this outcome (f64), photons that interfere, photons that do not]
    while (u >= load<f64>(outcome)) outcome += 16;
    const column = load<u32>(g);
    for (let i = load<u32>(outcome, 8); i > 0; i--, coherent += 4) store<u32>(coherent, column);
    for (let i = load<u32>(outcome, 12); i > 0; i--, alone += 4) store<u32>(alone, column);
  }
  let end = drawCoherent(p, <u32>((coherent - p.coherent) >> 2), p.drawn);
  for (let at = p.alone; at < alone; at += 4) {
    const row = drawAlone(p, load<u32>(at));
    if (row < p.seen) {
      store<u32>(end, row);
      end += 4;
    }
  }
  return rankOf(p, end);
}

/** The number of the state with photons in the drawn modes: states of fewer photons come first, then in order. */
function rankOf(p: Sampler, end: usize): f64 {
  const drawn = p.drawn;
  for (let i = drawn + 4; i < end; i += 4) {
    const mode = load<u32>(i);
    let j = i;
    for (; j > drawn && load<u32>(j - 4) > mode; j -= 4) store<u32>(j, load<u32>(j - 4));
    store<u32>(j, mode);
  }
  const photons = <u32>((end - drawn) >> 2);
  let rank = load<f64>(p.offsets + (<usize>photons << 3));
  const seen = p.seen;
  const levels = p.photonsMax + 1;
  let rest = photons;
  let mode: u32 = 0;
  for (let i = drawn; i < end; ) {
    const next = load<u32>(i);
    const skipped = p.skipped + (<usize>(rest * (seen + 1)) << 3);
    rank += load<f64>(skipped + (<usize>next << 3)) - load<f64>(skipped + (<usize>mode << 3));
    let count: u32 = 1;
    for (i += 4; i < end && load<u32>(i) == next; i += 4) count++;
    rank += load<f64>(p.above + (<usize>((next * levels + rest) * levels + count) << 3));
    rest -= count;
    mode = next + 1;
  }
  return rank;
}

/** Draws shots of numbers `first` to `end` and writes the number of each shot's state (f64). */
export function drawShots(sampler: usize, seed: u64, first: u32, end: u32, to: usize): void {
  const p = changetype<Sampler>(sampler);
  for (let shot = first; shot < end; shot++, to += 8) {
    seedStream(seed, <u64>shot + 1);
    store<f64>(to, drawShot(p));
  }
}
