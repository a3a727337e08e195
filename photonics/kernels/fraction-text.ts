// Numbers below one, two at a time: the same text as by number-text.ts, with vectors.
//
// A double is c·2^q. A table has for each q the power of ten, 96 bits of it, that brings the double to 16 or 17 digits
// before the point. Their product comes out in parts: the first 8 digits, 8 more, and a last one with 27 bits behind its
// point. Where the double's rounding interval has a multiple of ten, that is the shortest number which reads back; else
// the nearest whole number is. What these bits do not decide, and rare forms, are left to number-text.ts.

/** Exponents that the table is for: of doubles from 2^-333 to 1. */
const EXPONENTS_FROM: u32 = 690;
const EXPONENTS: u32 = 333;
/** Bytes for each: the power's words (low, high, lowest), half the rounding interval, two layouts. */
const ENTRY: u32 = 48;
/** Layouts for 17 digits and, behind it, for 16: what is written behind digits, where they go, the suffix's length, and
 * how the first two bytes are made. */
const LAYOUT: usize = 16;

// Vectors are read from memory: V8 would make each anew from whole numbers wherever it is used.
const ONE_BIT = memory.data<u64>([0x8000000000000000, 0x8000000000000000], 16);
const LOW_WORDS = memory.data<u32>([0xffffffff, 0, 0xffffffff, 0], 16);
const HIGH_WORDS = memory.data<u32>([0, 0xffffffff, 0, 0xffffffff], 16);
const EIGHT_DIGITS = memory.data<u32>([100000000, 100000000, 100000000, 100000000], 16);
/** Turns numbers of the last two lanes around: −x is the complement of x, plus one. */
const TURN = memory.data<u32>([0, 0, 0xffffffff, 0xffffffff], 16);
const TURNED = memory.data<u32>([0, 0, (10 << 27) + 1, (10 << 27) + 1], 16);
const FOUR = memory.data<u32>([4, 4, 4, 4], 16);
const HALF_AND_FOUR = memory.data<u32>([(1 << 26) + 4, (1 << 26) + 4, (1 << 26) + 4, (1 << 26) + 4], 16);
const BEHIND_POINT = memory.data<u32>([0x7fffff8, 0x7fffff8, 0x7fffff8, 0x7fffff8], 16);
const CARRIED = memory.data<u32>([0xffffffff, 100000000, 0xffffffff, 100000000], 16);
const NOTHING = memory.data<u32>([0xffffffff, 0, 0xffffffff, 0], 16);
const TEN_THOUSANDTH = memory.data<u32>([3518437209, 3518437209, 3518437209, 3518437209], 16);
const TEN_THOUSAND = memory.data<u32>([10000, 10000, 10000, 10000], 16);
const HUNDREDTH = memory.data<u32>([5243, 5243, 5243, 5243], 16);
const HUNDRED = memory.data<u16>([100, 100, 100, 100, 100, 100, 100, 100], 16);
const TENTH = memory.data<u16>([103, 103, 103, 103, 103, 103, 103, 103], 16);
const TENS = memory.data<u16>([2559, 2559, 2559, 2559, 2559, 2559, 2559, 2559], 16);
const ZEROS = memory.data<u64>([0x3030303030303030, 0x3030303030303030], 16);

/** What `findDigits` found: 16 digits of each number, one byte each, and in two lanes the last ones. */
export let firstDigits: v128 = i64x2.splat(0);
export let secondDigits: v128 = i64x2.splat(0);
export let lastDigits: v128 = i64x2.splat(0);

/** The entry for a double; 0 when the table has none. */
@inline
export function entryOf(value: usize, table: usize): usize {
  const exponent = <u32>(load<u16>(value, 6) >> 4) - EXPONENTS_FROM;
  return exponent < EXPONENTS ? table + <usize>(exponent * ENTRY) : 0;
}

/** Finds the digits of two doubles. @returns whether they are certain */
@inline
export function findDigits(values: usize, entryA: usize, entryB: usize): bool {
  const c = v128.or(i64x2.shl(v128.load(values), 11), v128.load(ONE_BIT));
  const a = v128.load(entryA);
  const b = v128.load(entryB);
  // Words of both numbers side by side, low ones first.
  const words = v128.shuffle<i32>(c, c, 0, 2, 1, 3);
  const turned = v128.shuffle<i32>(c, c, 1, 3, 0, 2);
  const power = v128.shuffle<i32>(a, b, 0, 4, 1, 5);
  const more = v128.shuffle<i32>(a, b, 2, 6, 3, 7);
  const middle = i64x2.add(
    i64x2.extmul_low_i32x4_u(turned, power),
    i64x2.add(
      i64x2.shr_u(i64x2.extmul_low_i32x4_u(words, power), 32),
      i64x2.shr_u(i64x2.extmul_low_i32x4_u(turned, more), 32),
    ),
  );
  const low = i64x2.add(v128.and(middle, v128.load(LOW_WORDS)), i64x2.extmul_high_i32x4_u(turned, power));
  const high = i64x2.add(
    i64x2.extmul_high_i32x4_u(words, power),
    i64x2.add(i64x2.shr_u(middle, 32), i64x2.shr_u(low, 32)),
  );
  const eight = i64x2.shr_u(high, 37);
  const behind = v128.or(i64x2.shl(high, 27), i64x2.shr_u(i64x2.shl(low, 32), 37));
  const parts = v128.shuffle<i32>(behind, behind, 0, 2, 1, 3);
  // Eight more digits, and 32 bits behind them.
  const more8 = i64x2.add(
    i64x2.extmul_high_i32x4_u(parts, v128.load(EIGHT_DIGITS)),
    i64x2.shr_u(i64x2.extmul_low_i32x4_u(parts, v128.load(EIGHT_DIGITS)), 32),
  );
  const left = v128.and(more8, v128.load(LOW_WORDS));
  const tenfold = i64x2.shr_u(i64x2.add(i64x2.shl(left, 2), left), 4);
  const above = v128.shuffle<i32>(tenfold, tenfold, 0, 2, 0, 2);
  const half = v128.shuffle<i32>(more, more, 2, 3, 2, 3);
  // Negative where the multiple of ten below, or above, is within the rounding interval.
  const distance = i32x4.sub(i32x4.add(v128.xor(above, v128.load(TURN)), v128.load(TURNED)), half);
  const within = i32x4.shr_s(distance, 31);
  const rounded = i32x4.add(above, v128.load(HALF_AND_FOUR));
  lastDigits = v128.andnot(
    i32x4.shr_u(rounded, 27),
    v128.or(within, v128.shuffle<i32>(within, within, 2, 3, 0, 1)),
  );
  const zero = i32x4.splat(0);
  const eights = i32x4.sub(
    v128.or(eight, v128.and(more8, v128.load(HIGH_WORDS))),
    v128.shuffle<i32>(zero, within, 2, 6, 3, 7),
  );
  const unsure = v128.or(
    v128.or(
      i32x4.eq(i32x4.shr_u(i32x4.add(distance, v128.load(FOUR)), 3), zero),
      i32x4.eq(v128.and(rounded, v128.load(BEHIND_POINT)), zero),
    ),
    v128.or(
      v128.or(i32x4.eq(eights, v128.load(CARRIED)), i32x4.eq(eights, v128.load(NOTHING))),
      i64x2.eq(c, v128.load(ONE_BIT)),
    ),
  );
  if (v128.any_true(unsure)) return false;
  const fours = v128.shuffle<i32>(
    i64x2.shr_u(i64x2.extmul_low_i32x4_u(eights, v128.load(TEN_THOUSANDTH)), 45),
    i64x2.shr_u(i64x2.extmul_high_i32x4_u(eights, v128.load(TEN_THOUSANDTH)), 45),
    0, 2, 4, 6,
  );
  const others = i32x4.sub(eights, i32x4.dot_i16x8_s(fours, v128.load(TEN_THOUSAND)));
  const hundreds = v128.or(
    i32x4.shr_u(i32x4.dot_i16x8_s(fours, v128.load(HUNDREDTH)), 19),
    i32x4.shl(i32x4.shr_u(i32x4.dot_i16x8_s(others, v128.load(HUNDREDTH)), 19), 16),
  );
  const ones = i16x8.sub(
    v128.or(fours, i32x4.shl(others, 16)),
    i16x8.mul(hundreds, v128.load(HUNDRED)),
  );
  firstDigits = tensAndOnes(v128.shuffle<i16>(hundreds, ones, 0, 8, 1, 9, 2, 10, 3, 11));
  secondDigits = tensAndOnes(v128.shuffle<i16>(hundreds, ones, 4, 12, 5, 13, 6, 14, 7, 15));
  return true;
}

/** Two bytes of each number below 100. */
@inline
function tensAndOnes(twos: v128): v128 {
  const tens = i16x8.shr_u(i16x8.mul(twos, v128.load(TENTH)), 10);
  return i16x8.sub(i16x8.shl(twos, 8), i16x8.mul(tens, v128.load(TENS)));
}

/** Writes a number by its digits. @returns where it ends */
@inline
export function writeDigits(digits: v128, last: u32, entry: usize, to: usize): usize {
  const shown = i8x16.bitmask(i8x16.gt_s(digits, i8x16.splat(0))) | (<i32>(last != 0) << 16);
  const layout = entry + (<usize>(~shown & 1) << 4) + LAYOUT;
  v128.store(to, v128.load(ZEROS));
  const at = to + <usize>load<u16>(layout, 8);
  v128.store(at, v128.or(digits, v128.load(ZEROS)));
  store<u8>(at, 48 + last, 16);
  store<u16>(to, (<u32>load<u8>(to, 1) & <u32>load<u16>(layout, 12)) | <u32>load<u16>(layout, 14));
  const end = at + <usize>(32 - clz(shown));
  store<u64>(end, load<u64>(layout));
  return end + <usize>load<u16>(layout, 10);
}
