/** i·b for a complex b: (−im, re). */
@inline
export function timesI(b: v128): v128 {
  return v128.xor(v128.shuffle<f64>(b, b, 1, 2), v128(0, 0, 0, 0, 0, 0, 0, -128, 0, 0, 0, 0, 0, 0, 0, 0));
}
