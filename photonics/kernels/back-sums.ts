// Sums over the modes of the back: what rows of amplitudes get from themselves with a photon less.
import { timesI } from "./complex";

/** Places four rows of complex numbers side by side: entry t of row r at 64·t + 16·r. */
export function interleave(to: usize, a: usize, b: usize, c: usize, d: usize, length: i32): void {
  const end = to + (<usize>length << 6);
  while (to < end) {
    v128.store(to, v128.load(a), 0);
    v128.store(to, v128.load(b), 16);
    v128.store(to, v128.load(c), 32);
    v128.store(to, v128.load(d), 48);
    a += 16;
    b += 16;
    c += 16;
    d += 16;
    to += 64;
  }
}

/**
 * Σ over the back's modes, for one chunk of states and four rows.
 * @param segments of the chunk: [terms, states, address of records, 0] each
 * @param from the four rows, interleaved
 * @param u coefficients of the back's modes: real part twice, imaginary part twice
 * @param to four rows of `stride` bytes
 */
export function backComplex4(segments: usize, end: usize, shift: u32, from: usize, u: usize, to: usize, stride: usize): void {
  const mask: u32 = (1 << shift) - 1;
  for (; segments < end; segments += 16) {
    const size = <usize>load<u32>(segments) << 2;
    let states = load<u32>(segments, 4);
    let record = <usize>load<u32>(segments, 8);
    for (; states > 0; states--) {
      let a0 = f64x2.splat(0), a1 = a0, a2 = a0, a3 = a0, b0 = a0, b1 = a0, b2 = a0, b3 = a0;
      const at = to + (<usize>load<u32>(record) << 4);
      record += 4;
      const last = record + size;
      for (; record < last; record += 4) {
        const term = load<u32>(record);
        const v = from + (<usize>(term >> shift) << 6);
        const w = u + (<usize>(term & mask) << 5);
        const re = v128.load(w);
        const im = v128.load(w, 16);
        const v0 = v128.load(v), v1 = v128.load(v, 16), v2 = v128.load(v, 32), v3 = v128.load(v, 48);
        a0 = f64x2.add(a0, f64x2.mul(v0, re));
        b0 = f64x2.add(b0, f64x2.mul(v0, im));
        a1 = f64x2.add(a1, f64x2.mul(v1, re));
        b1 = f64x2.add(b1, f64x2.mul(v1, im));
        a2 = f64x2.add(a2, f64x2.mul(v2, re));
        b2 = f64x2.add(b2, f64x2.mul(v2, im));
        a3 = f64x2.add(a3, f64x2.mul(v3, re));
        b3 = f64x2.add(b3, f64x2.mul(v3, im));
      }
      v128.store(at, f64x2.add(a0, timesI(b0)));
      v128.store(at + stride, f64x2.add(a1, timesI(b1)));
      v128.store(at + 2 * stride, f64x2.add(a2, timesI(b2)));
      v128.store(at + 3 * stride, f64x2.add(a3, timesI(b3)));
    }
  }
}

/** The same for one row. */
export function backComplex1(segments: usize, end: usize, shift: u32, from: usize, u: usize, to: usize): void {
  const mask: u32 = (1 << shift) - 1;
  for (; segments < end; segments += 16) {
    const size = <usize>load<u32>(segments) << 2;
    let states = load<u32>(segments, 4);
    let record = <usize>load<u32>(segments, 8);
    for (; states > 0; states--) {
      let a = f64x2.splat(0), b = a;
      const at = to + (<usize>load<u32>(record) << 4);
      record += 4;
      const last = record + size;
      for (; record < last; record += 4) {
        const term = load<u32>(record);
        const v = v128.load(from + (<usize>(term >> shift) << 4));
        const w = u + (<usize>(term & mask) << 5);
        a = f64x2.add(a, f64x2.mul(v, v128.load(w)));
        b = f64x2.add(b, f64x2.mul(v, v128.load(w, 16)));
      }
      v128.store(at, f64x2.add(a, timesI(b)));
    }
  }
}

/** The same with real coefficients, each twice. */
export function backReal4(segments: usize, end: usize, shift: u32, from: usize, u: usize, to: usize, stride: usize): void {
  const mask: u32 = (1 << shift) - 1;
  for (; segments < end; segments += 16) {
    const size = <usize>load<u32>(segments) << 2;
    let states = load<u32>(segments, 4);
    let record = <usize>load<u32>(segments, 8);
    for (; states > 0; states--) {
      let a0 = f64x2.splat(0), a1 = a0, a2 = a0, a3 = a0;
      const at = to + (<usize>load<u32>(record) << 4);
      record += 4;
      const last = record + size;
      for (; record < last; record += 4) {
        const term = load<u32>(record);
        const v = from + (<usize>(term >> shift) << 6);
        const re = v128.load(u + (<usize>(term & mask) << 4));
        a0 = f64x2.add(a0, f64x2.mul(v128.load(v), re));
        a1 = f64x2.add(a1, f64x2.mul(v128.load(v, 16), re));
        a2 = f64x2.add(a2, f64x2.mul(v128.load(v, 32), re));
        a3 = f64x2.add(a3, f64x2.mul(v128.load(v, 48), re));
      }
      v128.store(at, a0);
      v128.store(at + stride, a1);
      v128.store(at + 2 * stride, a2);
      v128.store(at + 3 * stride, a3);
    }
  }
}

export function backReal1(segments: usize, end: usize, shift: u32, from: usize, u: usize, to: usize): void {
  const mask: u32 = (1 << shift) - 1;
  for (; segments < end; segments += 16) {
    const size = <usize>load<u32>(segments) << 2;
    let states = load<u32>(segments, 4);
    let record = <usize>load<u32>(segments, 8);
    for (; states > 0; states--) {
      let a = f64x2.splat(0);
      const at = to + (<usize>load<u32>(record) << 4);
      record += 4;
      const last = record + size;
      for (; record < last; record += 4) {
        const term = load<u32>(record);
        const v = v128.load(from + (<usize>(term >> shift) << 4));
        a = f64x2.add(a, f64x2.mul(v, v128.load(u + (<usize>(term & mask) << 4))));
      }
      v128.store(at, a);
    }
  }
}
