// Decimal digits of whole numbers.

/** The digits of two numbers below 10⁸, one byte each. */
@inline
export function digits16(a: u32, b: u32): v128 {
  const a1 = a / 10000, b1 = b / 10000;
  let fours = i32x4.splat(a1);
  fours = i32x4.replace_lane(fours, 1, a - a1 * 10000);
  fours = i32x4.replace_lane(fours, 2, b1);
  fours = i32x4.replace_lane(fours, 3, b - b1 * 10000);
  // Quotients by multiplication, exact for such small numbers.
  const hundreds = i32x4.shr_u(i32x4.mul(fours, i32x4.splat(5243)), 19);
  const twos = v128.or(
    hundreds,
    i32x4.shl(i32x4.sub(fours, i32x4.mul(hundreds, i32x4.splat(100))), 16),
  );
  const tens = i16x8.shr_u(i16x8.mul(twos, i16x8.splat(103)), 10);
  return v128.or(tens, i16x8.shl(i16x8.sub(twos, i16x8.mul(tens, i16x8.splat(10))), 8));
}

/** How many of the digits are left without zeros at the end. */
@inline
export function significant(digits: v128): i32 {
  const mask = i8x16.bitmask(i8x16.ne(digits, i8x16.splat(0)));
  return 32 - clz(mask);
}

/** Writes a whole number below 10²⁰. @returns where it ends */
export function writeWhole(value: u64, to: usize): usize {
  if (value < 10) {
    store<u8>(to, <u8>(48 + value));
    return to + 1;
  }
  let end = to + 1;
  for (let rest = value; rest >= 10; rest /= 10) end++;
  let at = end;
  for (; value > 0xffffffff; value /= 10) store<u8>(--at, <u8>(48 + (value % 10)));
  for (let rest = <u32>value; at > to; rest /= 10) store<u8>(--at, <u8>(48 + (rest % 10)));
  return end;
}
