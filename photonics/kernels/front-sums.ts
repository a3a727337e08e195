// Sums over the modes of the front: what rows of amplitudes get from whole rows with a photon less.
import { timesI } from "./complex";

/** to[t] = from[t] + Σ over the front's terms, one to four of them, of coefficient · row[t]. */
@inline
function frontComplex(terms: i32, list: usize, offset: usize, from: usize, to: usize, length: i32): void {
  const r0 = <usize>load<u32>(list) + offset;
  const u0 = <usize>load<u32>(list, 4);
  const re0 = v128.load(u0), im0 = v128.load(u0, 16);
  const r1 = terms > 1 ? <usize>load<u32>(list, 8) + offset : 0;
  const u1 = terms > 1 ? <usize>load<u32>(list, 12) : u0;
  const re1 = v128.load(u1), im1 = v128.load(u1, 16);
  const r2 = terms > 2 ? <usize>load<u32>(list, 16) + offset : 0;
  const u2 = terms > 2 ? <usize>load<u32>(list, 20) : u0;
  const re2 = v128.load(u2), im2 = v128.load(u2, 16);
  for (let t: usize = 0, end = <usize>length << 4; t < end; t += 16) {
    let v = v128.load(r0 + t);
    let a = f64x2.add(v128.load(from + t), f64x2.mul(v, re0));
    let b = f64x2.mul(v, im0);
    if (terms > 1) {
      v = v128.load(r1 + t);
      a = f64x2.add(a, f64x2.mul(v, re1));
      b = f64x2.add(b, f64x2.mul(v, im1));
    }
    if (terms > 2) {
      v = v128.load(r2 + t);
      a = f64x2.add(a, f64x2.mul(v, re2));
      b = f64x2.add(b, f64x2.mul(v, im2));
    }
    v128.store(to + t, f64x2.add(a, timesI(b)));
  }
}

function frontComplex1(list: usize, offset: usize, from: usize, to: usize, length: i32): void {
  frontComplex(1, list, offset, from, to, length);
}
function frontComplex2(list: usize, offset: usize, from: usize, to: usize, length: i32): void {
  frontComplex(2, list, offset, from, to, length);
}
function frontComplex3(list: usize, offset: usize, from: usize, to: usize, length: i32): void {
  frontComplex(3, list, offset, from, to, length);
}

/** All terms of the front, from `from` to `to`, through `from` where they are more than three. */
export function front(terms: i32, list: usize, offset: usize, from: usize, to: usize, length: i32): void {
  while (terms > 3) {
    frontComplex3(list, offset, from, from, length);
    list += 24;
    terms -= 3;
  }
  if (terms == 3) frontComplex3(list, offset, from, to, length);
  else if (terms == 2) frontComplex2(list, offset, from, to, length);
  else if (terms == 1) frontComplex1(list, offset, from, to, length);
  else memory.copy(to, from, <usize>length << 4);
}

/** Squared moduli of two complex numbers. */
@inline
function squares(a: v128, b: v128): v128 {
  const aa = f64x2.mul(a, a);
  const bb = f64x2.mul(b, b);
  return f64x2.add(v128.shuffle<f64>(aa, bb, 0, 2), v128.shuffle<f64>(aa, bb, 1, 3));
}

/** One to four real terms for an entry at t. */
@inline
function realTerms(
  terms: i32, t: usize, from: usize,
  r0: usize, r1: usize, r2: usize, r3: usize, u0: v128, u1: v128, u2: v128, u3: v128,
): v128 {
  let a = v128.load(from + t);
  if (terms > 0) a = f64x2.add(a, f64x2.mul(v128.load(r0 + t), u0));
  if (terms > 1) a = f64x2.add(a, f64x2.mul(v128.load(r1 + t), u1));
  if (terms > 2) a = f64x2.add(a, f64x2.mul(v128.load(r2 + t), u2));
  if (terms > 3) a = f64x2.add(a, f64x2.mul(v128.load(r3 + t), u3));
  return a;
}

/**
 * What `front` does, with real coefficients; when `squared`, it writes squared moduli.
 */
@inline
function frontReal(
  terms: i32, squared: bool, list: usize, offset: usize, from: usize, to: usize, length: i32,
): void {
  const r0 = terms > 0 ? <usize>load<u32>(list) + offset : 0;
  const r1 = terms > 1 ? <usize>load<u32>(list, 8) + offset : 0;
  const r2 = terms > 2 ? <usize>load<u32>(list, 16) + offset : 0;
  const r3 = terms > 3 ? <usize>load<u32>(list, 24) + offset : 0;
  const none = f64x2.splat(0);
  const u0 = terms > 0 ? v128.load(<usize>load<u32>(list, 4)) : none;
  const u1 = terms > 1 ? v128.load(<usize>load<u32>(list, 12)) : none;
  const u2 = terms > 2 ? v128.load(<usize>load<u32>(list, 20)) : none;
  const u3 = terms > 3 ? v128.load(<usize>load<u32>(list, 28)) : none;
  let t: usize = 0;
  const end = <usize>(length & ~1) << 4;
  for (; t < end; t += 32) {
    const a = realTerms(terms, t, from, r0, r1, r2, r3, u0, u1, u2, u3);
    const b = realTerms(terms, t + 16, from, r0, r1, r2, r3, u0, u1, u2, u3);
    if (squared) {
      const half = t >> 1;
      v128.store(to + half, squares(a, b));
    } else {
      v128.store(to + t, a);
      v128.store(to + t, b, 16);
    }
  }
  if (length & 1) {
    const a = realTerms(terms, t, from, r0, r1, r2, r3, u0, u1, u2, u3);
    if (squared) {
      const half = t >> 1;
      v128.store64_lane(to + half, squares(a, a), 0);
    } else v128.store(to + t, a);
  }
}

function addReal4(list: usize, offset: usize, from: usize, length: i32): void {
  frontReal(4, false, list, offset, from, from, length);
}
function square0(offset: usize, from: usize, to: usize, length: i32): void {
  frontReal(0, true, 0, offset, from, to, length);
}
function square1(list: usize, offset: usize, from: usize, to: usize, length: i32): void {
  frontReal(1, true, list, offset, from, to, length);
}
function square2(list: usize, offset: usize, from: usize, to: usize, length: i32): void {
  frontReal(2, true, list, offset, from, to, length);
}
function square3(list: usize, offset: usize, from: usize, to: usize, length: i32): void {
  frontReal(3, true, list, offset, from, to, length);
}
function square4(list: usize, offset: usize, from: usize, to: usize, length: i32): void {
  frontReal(4, true, list, offset, from, to, length);
}

export function probabilities(
  terms: i32, list: usize, offset: usize, from: usize, to: usize, length: i32,
): void {
  while (terms > 4) {
    addReal4(list, offset, from, length);
    list += 32;
    terms -= 4;
  }
  if (terms == 4) square4(list, offset, from, to, length);
  else if (terms == 3) square3(list, offset, from, to, length);
  else if (terms == 2) square2(list, offset, from, to, length);
  else if (terms == 1) square1(list, offset, from, to, length);
  else square0(offset, from, to, length);
}
