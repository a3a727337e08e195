// Numbers as the shortest decimal text that reads back as the same double, and of those the closest one: exactly what
// JavaScript writes. By the search of R. Giulietti, "The Schubfach way to render doubles" (2020), which compares the
// double and the ends of its rounding interval, times a power of ten, with whole numbers. The first 64 bits of the power
// decide nearly always; where they do not, 128 bits do.
import { digits16, significant, writeWhole } from "./digits";

/** The lowest exponent of the powers of ten, which come as [high, low] 64-bit words each. */
const POWERS_FROM: i32 = -292;
/** Ten times the widest rounding interval, in fourths of a unit of the last digit, with 32 bits of fraction. */
const TEN: i64 = 40 << 32;
/** What the bits beyond the first 64 of a power change at most, in the same measure. */
const UNSURE: i64 = 1 << 28;

/** The digits that `findExactly` found, as a whole number. */
let digits: u64 = 0;

// A product of 128 bits.
let high: u64 = 0;
let low: u64 = 0;

@inline
function multiply(a: u64, b: u64): void {
  const a0 = a & 0xffffffff, a1 = a >> 32, b0 = b & 0xffffffff, b1 = b >> 32;
  const p = a0 * b0;
  const middle = a1 * b0 + (p >> 32);
  const other = a0 * b1 + (middle & 0xffffffff);
  high = a1 * b1 + (middle >> 32) + (other >> 32);
  low = (other << 32) | (p & 0xffffffff);
}

/** The product's integer part, made odd when anything is lost: that keeps comparisons with even numbers right. */
function multiplyToOdd(power: usize, factor: u64): u64 {
  multiply(load<u64>(power, 8), factor);
  const carried = high;
  multiply(load<u64>(power), factor);
  const sum = low + carried;
  const whole = high + <u64>(sum < low);
  return whole | <u64>(sum > 1);
}

/** ⌊log₂ 10ᵉ⌋ */
@inline
function log2OfPower(e: i32): i32 {
  return (e * 1741647) >> 19;
}

/** Finds the digits by all 128 bits of the power. */
function findExactly(c: u64, h: i32, uneven: bool, power: usize): void {
  const odd = c & 1;
  const v = multiplyToOdd(power, (c << 2) << h);
  const lower = multiplyToOdd(power, ((c << 2) - 2 + <u64>uneven) << h) + odd;
  const upper = multiplyToOdd(power, ((c << 2) + 2) << h) - odd;
  const s = v >> 2;
  if (s >= 10) {
    const tens = s / 10;
    const isDown = lower <= 40 * tens;
    const isUp = 40 * tens + 40 <= upper;
    if (isDown != isUp) {
      digits = (tens + <u64>isUp) * 10;
      return;
    }
  }
  const isDown = lower <= 4 * s;
  const isUp = 4 * s + 4 <= upper;
  if (isDown != isUp) digits = s + <u64>isUp;
  else {
    const middle = 4 * s + 2;
    digits = s + <u64>(v > middle || (v == middle && (s & 1) != 0));
  }
}

/** Writes a double; up to 96 bytes from `to` on are overwritten. @returns where the text ends */
export function writeNumber(value: f64, to: usize, powers: usize): usize {
  let bits = reinterpret<u64>(value);
  if (bits >> 63) {
    if (value == 0 || value != value) bits &= 0x7fffffffffffffff;
    else {
      store<u8>(to++, 45);
      bits &= 0x7fffffffffffffff;
      value = -value;
    }
  }
  const biased = <i32>(bits >> 52);
  if (biased == 0x7ff) return writeWord(value != value, to);
  if (value < 9007199254740992 && Math.floor(value) == value) return writeWhole(<u64>value, to);
  const fraction = bits & 0xfffffffffffff;
  const c = biased != 0 ? fraction | 0x10000000000000 : fraction;
  const q = (biased != 0 ? biased : 1) - 1075;
  // Below a power of two doubles lie twice as dense.
  const uneven = fraction == 0 && biased > 1;
  const k = (q * 1262611 - (uneven ? 524031 : 0)) >> 22;
  const h = q + log2OfPower(-k) + 1;
  const power = powers + (<usize>(-k - POWERS_FROM) << 4);

  // Four times c·2^q·10^-k: its integer part has 16 or 17 digits and a fourth of one more.
  const g = load<u64>(power);
  const scaled = (c << 2) << h;
  const a0 = scaled & 0xffffffff, a1 = scaled >> 32, g0 = g & 0xffffffff, g1 = g >> 32;
  const p = a0 * g0;
  const inner = a0 * g1 + (p >> 32);
  const outer = a1 * g0 + (inner & 0xffffffff);
  const whole = a1 * g1 + (inner >> 32) + (outer >> 32);
  const s = whole >> 2;
  let top = <u32>(s / 100000000);
  let rest = <u32>(s - <u64>top * 100000000);
  const unit = rest % 10;
  const above = <i64>((((<u64>unit << 2) | (whole & 3)) << 32) | (outer & 0xffffffff));
  const half = <i64>(g >> (31 - h));
  const down = above - half;
  const up = above + half - TEN;
  const middle = (above & 0x3ffffffff) - <i64>0x200000000;
  if (uneven || abs(down) <= UNSURE || abs(up) <= UNSURE || abs(middle) <= UNSURE || (down < 0 && up > 0)) {
    findExactly(c, h, uneven, power);
    top = <u32>(digits / 100000000);
    rest = <u32>(digits - <u64>top * 100000000);
  } else {
    // Selected rather than branched to: which it is nobody can predict.
    rest += select<u32>(0 - unit, select<u32>(10 - unit, <u32>(middle > 0), up > 0), down < 0);
    if (rest >= 100000000) {
      rest -= 100000000;
      top++;
    }
  }
  // 8 or 9 digits and 8 more, unless the double is one of the smallest or of few digits.
  const first: u32 = top / 100000000;
  const odd = <usize>(first != 0);
  const e = k + 15 + <i32>odd;
  if (top < 10000000 || e >= 0) return writeAny(<u64>top * 100000000 + rest, k, to);
  const v = digits16(top - first * 100000000, rest);
  const length = odd + <usize>significant(v);
  const text = i8x16.add(v, i8x16.splat(48));
  if (e >= -6) {
    store<u64>(to, 0x3030303030302e30);
    to += <usize>(1 - e);
    store<u8>(to, <u8>(48 + first));
    v128.store(to + odd, text);
    return to + length;
  }
  store<u8>(to, <u8>(48 + first), 1);
  v128.store(to + odd, text, 1);
  store<u8>(to, load<u8>(to, 1));
  store<u8>(to, 46, 1);
  to += select<usize>(1 + length, 1, length > 1);
  store<u16>(to, 0x2d65);
  return writeWhole(<u64>-e, to + 2);
}

/** Any number of digits, with a point or an exponent where JavaScript puts them (ECMA-262, Number::toString). */
function writeAny(digits: u64, exponent: i32, to: usize): usize {
  const scratch = to + 64;
  let length = <i32>(writeWhole(digits, scratch) - scratch);
  const e = exponent + length - 1;
  while (length > 1 && load<u8>(scratch + length - 1) == 48) length--;
  if (e < -6 || e >= 21) {
    store<u8>(to++, load<u8>(scratch));
    if (length > 1) {
      store<u8>(to++, 46);
      memory.copy(to, scratch + 1, length - 1);
      to += length - 1;
    }
    store<u8>(to, 101);
    store<u8>(to, e < 0 ? 45 : 43, 1);
    return writeWhole(<u64>abs(e), to + 2);
  }
  if (e < 0) {
    store<u64>(to, 0x3030303030302e30);
    to += 1 - e;
    memory.copy(to, scratch, length);
    return to + length;
  }
  const before = min(e + 1, length);
  memory.copy(to, scratch, before);
  to += before;
  if (length > before) {
    store<u8>(to++, 46);
    memory.copy(to, scratch + before, length - before);
    return to + length - before;
  }
  for (let i = length; i <= e; i++) store<u8>(to++, 48);
  return to;
}

/** NaN or Infinity. */
function writeWord(isNaN: bool, to: usize): usize {
  if (isNaN) {
    store<u32>(to, 0x004e614e);
    return to + 3;
  }
  store<u64>(to, 0x7974696e69666e49);
  return to + 8;
}
