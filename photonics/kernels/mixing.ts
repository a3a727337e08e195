// Probabilities of photons that do not interfere, by rows as in slos.ts, and what joins them to those that do.

const ROWS: usize = 4;
/** Marks the last term of a row's record. */
const LAST: u32 = 0x80000000;
/** The target of rows that are left out. */
const NOWHERE: u32 = 0xffffffff;

/** Places four rows of numbers side by side: entry t of row r at 32·t + 8·r. */
function interleaveReal(to: usize, a: usize, b: usize, c: usize, d: usize, length: i32): void {
  const end = to + (<usize>length << 5);
  while (to < end) {
    store<f64>(to, load<f64>(a));
    store<f64>(to, load<f64>(b), 8);
    store<f64>(to, load<f64>(c), 16);
    store<f64>(to, load<f64>(d), 24);
    a += 8;
    b += 8;
    c += 8;
    d += 8;
    to += 32;
  }
}

/** Σ over the back's modes for one chunk and four interleaved rows; coefficients are twice each. */
function back4(segments: usize, end: usize, shift: u32, from: usize, u: usize, to: usize, stride: usize): void {
  const mask: u32 = (1 << shift) - 1;
  for (; segments < end; segments += 16) {
    const size = <usize>load<u32>(segments) << 2;
    let states = load<u32>(segments, 4);
    let record = <usize>load<u32>(segments, 8);
    for (; states > 0; states--) {
      let a = f64x2.splat(0), b = a;
      const at = to + (<usize>load<u32>(record) << 3);
      record += 4;
      const last = record + size;
      for (; record < last; record += 4) {
        const term = load<u32>(record);
        const v = from + (<usize>(term >> shift) << 5);
        const w = v128.load(u + (<usize>(term & mask) << 4));
        a = f64x2.add(a, f64x2.mul(v128.load(v), w));
        b = f64x2.add(b, f64x2.mul(v128.load(v, 16), w));
      }
      v128.store64_lane(at, a, 0);
      v128.store64_lane(at + stride, a, 1);
      v128.store64_lane(at + 2 * stride, b, 0);
      v128.store64_lane(at + 3 * stride, b, 1);
    }
  }
}

function back1(segments: usize, end: usize, shift: u32, from: usize, u: usize, to: usize): void {
  const mask: u32 = (1 << shift) - 1;
  for (; segments < end; segments += 16) {
    const size = <usize>load<u32>(segments) << 2;
    let states = load<u32>(segments, 4);
    let record = <usize>load<u32>(segments, 8);
    for (; states > 0; states--) {
      let a: f64 = 0;
      const at = to + (<usize>load<u32>(record) << 3);
      record += 4;
      const last = record + size;
      for (; record < last; record += 4) {
        const term = load<u32>(record);
        a += load<f64>(from + (<usize>(term >> shift) << 3)) * load<f64>(u + (<usize>(term & mask) << 4));
      }
      store<f64>(at, a);
    }
  }
}

@inline
function sumOf(terms: i32, t: usize, from: usize, r0: usize, r1: usize, r2: usize, r3: usize, u0: v128, u1: v128, u2: v128, u3: v128): v128 {
  let a = v128.load(from + t);
  if (terms > 0) a = f64x2.add(a, f64x2.mul(v128.load(r0 + t), u0));
  if (terms > 1) a = f64x2.add(a, f64x2.mul(v128.load(r1 + t), u1));
  if (terms > 2) a = f64x2.add(a, f64x2.mul(v128.load(r2 + t), u2));
  if (terms > 3) a = f64x2.add(a, f64x2.mul(v128.load(r3 + t), u3));
  return a;
}

/** to[t] = from[t] + Σ of up to four coefficients times rows. */
@inline
function addRows(terms: i32, list: usize, offset: usize, from: usize, to: usize, length: i32): void {
  const none = f64x2.splat(0);
  const r0 = terms > 0 ? <usize>load<u32>(list) + offset : 0;
  const r1 = terms > 1 ? <usize>load<u32>(list, 8) + offset : 0;
  const r2 = terms > 2 ? <usize>load<u32>(list, 16) + offset : 0;
  const r3 = terms > 3 ? <usize>load<u32>(list, 24) + offset : 0;
  const u0 = terms > 0 ? v128.load(<usize>load<u32>(list, 4)) : none;
  const u1 = terms > 1 ? v128.load(<usize>load<u32>(list, 12)) : none;
  const u2 = terms > 2 ? v128.load(<usize>load<u32>(list, 20)) : none;
  const u3 = terms > 3 ? v128.load(<usize>load<u32>(list, 28)) : none;
  let t: usize = 0;
  const end = <usize>(length & ~1) << 3;
  for (; t < end; t += 16) v128.store(to + t, sumOf(terms, t, from, r0, r1, r2, r3, u0, u1, u2, u3));
  if (length & 1) {
    let a = load<f64>(from + t);
    if (terms > 0) a += load<f64>(r0 + t) * f64x2.extract_lane(u0, 0);
    if (terms > 1) a += load<f64>(r1 + t) * f64x2.extract_lane(u1, 0);
    if (terms > 2) a += load<f64>(r2 + t) * f64x2.extract_lane(u2, 0);
    if (terms > 3) a += load<f64>(r3 + t) * f64x2.extract_lane(u3, 0);
    store<f64>(to + t, a);
  }
}

function addRows4(list: usize, offset: usize, from: usize, to: usize, length: i32): void {
  addRows(4, list, offset, from, to, length);
}
function addRows3(list: usize, offset: usize, from: usize, to: usize, length: i32): void {
  addRows(3, list, offset, from, to, length);
}
function addRows2(list: usize, offset: usize, from: usize, to: usize, length: i32): void {
  addRows(2, list, offset, from, to, length);
}
function addRows1(list: usize, offset: usize, from: usize, to: usize, length: i32): void {
  addRows(1, list, offset, from, to, length);
}

function addAll(terms: i32, list: usize, offset: usize, from: usize, to: usize, length: i32): void {
  while (terms > 4) {
    addRows4(list, offset, from, from, length);
    list += 32;
    terms -= 4;
  }
  if (terms == 4) addRows4(list, offset, from, to, length);
  else if (terms == 3) addRows3(list, offset, from, to, length);
  else if (terms == 2) addRows2(list, offset, from, to, length);
  else if (terms == 1) addRows1(list, offset, from, to, length);
  else memory.copy(to, from, <usize>length << 3);
}

/**
 * Computes rows of a layer of probabilities: those of the layer before with another photon, by its probabilities,
 * plus multiples of the same rows of other arrays.
 *
 * @param aboveRows rows with one photon less in the front; `sameRows` rows with as many, in the layer before; both 0
 * when there is no layer before
 * @param extras [address of row 0, address of the coefficient, twice] each
 * The other parameters are those of `slosRows`.
 */
export function mixRows(
  record: usize, rowsEnd: usize, row: u32, empty: i32, frontShift: u32, uFront: usize, aboveRows: usize, length: i32,
  sameRows: usize, shorter: i32, backShift: u32, uBack: usize, chunks: usize, chunksEnd: usize,
  to: usize, extras: usize, extraCount: i32, scratch: usize, interleaved: i32, chunkMax: i32,
): void {
  const rowBytes = <usize>length << 3;
  const sameBytes = <usize>shorter << 3;
  const stride = <usize>chunkMax << 3;
  const mask: u32 = (1 << frontShift) - 1;
  const sums = scratch + (<usize>interleaved << 5);
  const hands = sums + ROWS * stride;
  const lists = hands + ROWS * 16;
  while (record < rowsEnd) {
    let together: usize = 0;
    for (let list = lists; together < ROWS && record < rowsEnd; row++, together++) {
      const hand = hands + together * 16;
      store<u32>(hand, row);
      store<u32>(hand, <u32>list, 8);
      record += 4;
      if (!empty) {
        let term: u32;
        do {
          term = load<u32>(record);
          record += 4;
          if (aboveRows == 0) continue;
          store<u32>(list, <u32>(aboveRows + <usize>((term & ~LAST) >> frontShift) * rowBytes));
          store<u32>(list, <u32>(uFront + (<usize>(term & mask) << 4)), 4);
          list += 8;
        } while (!(term & LAST));
      }
      const own = <usize>row * rowBytes;
      for (let i = 0; i < extraCount; i++, list += 8) {
        store<u32>(list, load<u32>(extras + (<usize>i << 3)) + <u32>own);
        store<u32>(list, load<u32>(extras + (<usize>i << 3), 4), 4);
      }
      store<u32>(hand, <u32>((list - <usize>load<u32>(hand, 8)) >> 3), 4);
    }
    const fused = shorter > 0 && shorter <= interleaved;
    if (fused) {
      const s0 = sameRows + <usize>load<u32>(hands) * sameBytes;
      const s1 = together > 1 ? sameRows + <usize>load<u32>(hands, 16) * sameBytes : s0;
      const s2 = together > 2 ? sameRows + <usize>load<u32>(hands, 32) * sameBytes : s0;
      const s3 = together > 3 ? sameRows + <usize>load<u32>(hands, 48) * sameBytes : s0;
      interleaveReal(scratch, s0, s1, s2, s3, shorter);
    }
    for (let chunk = chunks; chunk < chunksEnd; chunk += 16) {
      const first = <usize>load<u32>(chunk);
      const states = <i32>load<u32>(chunk, 4);
      const segments = <usize>load<u32>(chunk, 8);
      const end = <usize>load<u32>(chunk, 12);
      if (fused) back4(segments, end, backShift, scratch, uBack, sums, stride);
      else if (shorter == 0) memory.fill(sums, 0, ROWS * stride);
      for (let r: usize = 0; r < together; r++) {
        const hand = hands + r * 16;
        const number = <usize>load<u32>(hand);
        const sum = sums + r * stride;
        if (shorter > interleaved) back1(segments, end, backShift, sameRows + number * sameBytes, uBack, sum);
        const at = to + number * rowBytes + (first << 3);
        addAll(<i32>load<u32>(hand, 4), <usize>load<u32>(hand, 8), first << 3, sum, at, states);
      }
    }
  }
}

/**
 * Adds |from[t]|², for a class of rows, to rows that begin at the `targets` (indices from `to` on): several rows may
 * have one target, where photons nobody sees tell them apart, or none, where there are more photons than are asked for.
 */
export function squareRows(from: usize, to: usize, rows: i32, length: i32, targets: usize): void {
  const bytes = <usize>length << 4;
  for (; rows > 0; rows--, targets += 4, from += bytes) {
    const target = load<u32>(targets);
    if (target == NOWHERE) continue;
    let at = to + (<usize>target << 3);
    for (let v = from, end = from + bytes; v < end; v += 16, at += 8) {
      const re = load<f64>(v);
      const im = load<f64>(v, 8);
      store<f64>(at, load<f64>(at) + (re * re + im * im));
    }
  }
}

export function clear(at: usize, bytes: usize): void {
  memory.fill(at, 0, bytes);
}
