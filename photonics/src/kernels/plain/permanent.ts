import type { KernelFunctions } from "../kernel-functions.ts";
import type { View } from "./view.ts";

/** The sums of photonics/kernels/permanent.ts, in TypeScript: the same products in the same order. */
export function permanentIn({ f64, u32, i32 }: View): Pick<KernelFunctions, "glynn" | "glynnRepeated"> {
  return {
    glynn(factors, sums, toggles, first, end, to) {
      const total = new Float64Array(4);
      const s = sums / 8;
      for (let code = first; ; ) {
        for (let lane = 0; lane < 2; lane++) {
          let re = 0;
          let im = 0;
          // The signs of two variables, + − − +: summed as (first − second) + (fourth − third).
          const [p0, q0] = productOf(f64, s, factors, lane, 0, 0);
          const [p1, q1] = productOf(f64, s, factors, lane, 1, 0);
          const [p2, q2] = productOf(f64, s, factors, lane, 0, 1);
          const [p3, q3] = productOf(f64, s, factors, lane, 1, 1);
          re = p0 - p1 + (p3 - p2);
          im = q0 - q1 + (q3 - q2);
          const parity = code & 1 ? -1 : 1;
          total[lane]! += parity * re;
          total[2 + lane]! += parity * im;
        }
        if (++code >= end) break;
        const variable = 31 - Math.clz32(code & -code);
        const negative = ((code ^ (code >>> 1)) >>> variable) & 1;
        let t = toggles / 8 + (1 + 2 * variable + negative) * 4 * factors;
        for (let j = s; j < s + 10 * factors; j += 10, t += 4)
          for (let i = 0; i < 4; i++) f64[j + i]! += f64[t + i]!;
      }
      f64[to / 8] = total[0]! - total[1]!;
      f64[to / 8 + 1] = total[2]! - total[3]!;
    },
    glynnRepeated(factors, powers, sums, variables, steps, counters, parts, weights, to) {
      const totals = new Float64Array(4);
      const s = sums / 8;
      for (let left = parts; ; ) {
        let weight = 1;
        for (let k = 0; k < variables; k++) {
          const v = i32[counters / 4 + 3 * k]!;
          const binomial = f64[u32[weights / 4 + k]! / 8 + v]!;
          weight *= v & 1 ? -binomial : binomial;
        }
        for (let lane = 0; lane < 2; lane++) {
          let p = 1;
          let q = 0;
          for (let j = 0; j < factors; j++) {
            const x = f64[s + 4 * j + lane]!;
            const y = f64[s + 4 * j + 2 + lane]!;
            for (let power = u32[powers / 4 + j]!; power > 0; power--)
              [p, q] = [p * x - q * y, p * y + q * x];
          }
          const w = f64[to / 8 + 2 + lane]! * weight;
          totals[lane]! += w * p;
          totals[2 + lane]! += w * q;
        }
        if (--left === 0) break;
        let at = counters / 4;
        for (; ; at += 3) {
          const v = i32[at]! + i32[at + 2]!;
          if (v >= 0 && v <= i32[at + 1]!) break;
          i32[at + 2]! *= -1;
        }
        const sign = -i32[at + 2]!;
        i32[at]! -= sign;
        const step = steps / 8 + ((at - counters / 4) / 3) * 4 * factors;
        for (let i = 0; i < 4 * factors; i++) f64[s + i]! += sign * f64[step + i]!;
      }
      f64[to / 8] = totals[0]! + totals[1]!;
      f64[to / 8 + 1] = totals[2]! + totals[3]!;
    },
  };
}

/** The product of one lane's factors, with steps of the two inner variables taken off or not. */
function productOf(
  f64: Float64Array,
  sums: number,
  factors: number,
  lane: number,
  first: number,
  second: number,
): [p: number, q: number] {
  let p = 1;
  let q = 0;
  for (let j = 0, s = sums; j < factors; j++, s += 10) {
    let x = f64[s + lane]!;
    let y = f64[s + 2 + lane]!;
    if (second === 1) {
      x -= f64[s + 6]!;
      y -= f64[s + 8]!;
    }
    if (first === 1) x -= f64[s + 4]!;
    const re = j === 0 ? x : p * x - q * y;
    q = j === 0 ? y : p * y + q * x;
    p = re;
  }
  return [p, q];
}
