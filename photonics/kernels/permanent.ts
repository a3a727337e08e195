// Permanents by the formula of D. G. Glynn (Eur. J. Combin. 31, 2010): 2^(1−n) Σ_δ (∏ₖ δₖ) ∏ⱼ Σᵢ δᵢ aᵢⱼ, δ₀ = 1.
// The lanes of a vector are the two signs of δ₁; one pass over the factors j serves the four signs of δ₂ and δ₃; the
// others change one at a time, in Gray code. Each factor was turned so that a₂ⱼ is real.

/**
 * Σ over Gray codes from `first` to `end` of δ₄ … , and over all of δ₁ to δ₃, without the factor 2^(1−n).
 *
 * @param factors number of factors j
 * @param sums of each factor [re, im, 2a₂ⱼ, 2a₃ⱼ re, 2a₃ⱼ im] in lanes for δ₁ = ±1, with δ₂ = δ₃ = 1 and the others
 * at `first`; they change
 * @param toggles what changing a variable adds to each factor [re, im]: zeros first, then for each further variable
 * k = 4 … 2aₖⱼ and −2aₖⱼ
 * @param to where the sum goes, re and im
 */
export function glynn(factors: i32, sums: usize, toggles: usize, first: u32, end: u32, to: usize): void {
  const last = sums + <usize>factors * 80;
  const rowBytes = <usize>factors << 5;
  let totalRe = f64x2.splat(0);
  let totalIm = f64x2.splat(0);
  let code = first;
  let toggle = toggles;
  while (true) {
    let t = toggle;
    let x = f64x2.add(v128.load(sums), v128.load(t));
    let y = f64x2.add(v128.load(sums, 16), v128.load(t, 16));
    v128.store(sums, x);
    v128.store(sums, y, 16);
    let a = v128.load(sums, 32);
    let p0 = x, q0 = y;
    let p1 = f64x2.sub(x, a), q1 = y;
    let p2 = f64x2.sub(x, v128.load(sums, 48)), q2 = f64x2.sub(y, v128.load(sums, 64));
    let p3 = f64x2.sub(p2, a), q3 = q2;
    for (let s = sums + 80; s < last; s += 80) {
      t += 32;
      x = f64x2.add(v128.load(s), v128.load(t));
      y = f64x2.add(v128.load(s, 16), v128.load(t, 16));
      v128.store(s, x);
      v128.store(s, y, 16);
      a = v128.load(s, 32);
      let u = f64x2.sub(f64x2.mul(p0, x), f64x2.mul(q0, y));
      q0 = f64x2.add(f64x2.mul(p0, y), f64x2.mul(q0, x));
      p0 = u;
      const x1 = f64x2.sub(x, a);
      u = f64x2.sub(f64x2.mul(p1, x1), f64x2.mul(q1, y));
      q1 = f64x2.add(f64x2.mul(p1, y), f64x2.mul(q1, x1));
      p1 = u;
      x = f64x2.sub(x, v128.load(s, 48));
      y = f64x2.sub(y, v128.load(s, 64));
      u = f64x2.sub(f64x2.mul(p2, x), f64x2.mul(q2, y));
      q2 = f64x2.add(f64x2.mul(p2, y), f64x2.mul(q2, x));
      p2 = u;
      x = f64x2.sub(x, a);
      u = f64x2.sub(f64x2.mul(p3, x), f64x2.mul(q3, y));
      q3 = f64x2.add(f64x2.mul(p3, y), f64x2.mul(q3, x));
      p3 = u;
    }
    // The signs of δ₂ and δ₃ give + − − +; that of the code its parity.
    const re = f64x2.add(f64x2.sub(p0, p1), f64x2.sub(p3, p2));
    const im = f64x2.add(f64x2.sub(q0, q1), f64x2.sub(q3, q2));
    const parity = f64x2.splat(code & 1 ? -1 : 1);
    totalRe = f64x2.add(totalRe, f64x2.mul(parity, re));
    totalIm = f64x2.add(totalIm, f64x2.mul(parity, im));
    if (++code >= end) break;
    const variable = ctz(code);
    // The bit of the new Gray code: set means that δ becomes −1.
    const negative = (code ^ (code >> 1)) >> variable & 1;
    toggle = toggles + <usize>(1 + 2 * variable + negative) * rowBytes;
  }
  store<f64>(to, f64x2.extract_lane(totalRe, 0) - f64x2.extract_lane(totalRe, 1));
  store<f64>(to, f64x2.extract_lane(totalIm, 0) - f64x2.extract_lane(totalIm, 1), 8);
}

/**
 * A permanent in which columns are repeated, by the same formula with equal signs counted together:
 * 2^(−N) Σ_v (∏ₖ (−1)^vₖ C(sₖ,vₖ)) ∏ⱼ (Σₖ (sₖ − 2vₖ) aₖⱼ)^tⱼ, for columns k that stand sₖ times and rows j that stand tⱼ
 * times. The first column's v goes through the lanes' two halves, the others' in the order of a reflected code.
 *
 * @param factors different rows j
 * @param powers how often each row stands (u32)
 * @param sums of each row Σₖ (sₖ − 2vₖ) aₖⱼ for the first v of the range in both lanes: re, im
 * @param variables different columns but the first
 * @param steps of each of these [2aₖⱼ re, im, each twice] for each row
 * @param counters of each of these [v, s, direction] (i32)
 * @param parts terms to sum
 * @param weights of each variable, the binomials C(s, v) for all v (f64): [address (u32)]
 * @param to [sum re, sum im, sign and product of binomials of lane 0, of lane 1]
 */
export function glynnRepeated(
  factors: i32, powers: usize, sums: usize, variables: i32, steps: usize, counters: usize, parts: u32, weights: usize, to: usize,
): void {
  const rowBytes = <usize>factors << 5;
  let totalRe = f64x2.splat(0), totalIm = f64x2.splat(0);
  const lanes = v128.load(to, 16);
  while (true) {
    let p = f64x2.splat(1), q = f64x2.splat(0);
    for (let j: usize = 0; j < <usize>factors; j++) {
      const x = v128.load(sums + (j << 5));
      const y = v128.load(sums + (j << 5), 16);
      for (let power = load<u32>(powers + (j << 2)); power > 0; power--) {
        const u = f64x2.sub(f64x2.mul(p, x), f64x2.mul(q, y));
        q = f64x2.add(f64x2.mul(p, y), f64x2.mul(q, x));
        p = u;
      }
    }
    let weight: f64 = 1;
    for (let k = 0; k < variables; k++) {
      const v = load<i32>(counters + <usize>k * 12);
      const binomial = load<f64>(<usize>load<u32>(weights + (<usize>k << 2)) + (<usize>v << 3));
      weight *= v & 1 ? -binomial : binomial;
    }
    const w = f64x2.mul(lanes, f64x2.splat(weight));
    totalRe = f64x2.add(totalRe, f64x2.mul(w, p));
    totalIm = f64x2.add(totalIm, f64x2.mul(w, q));
    if (--parts == 0) break;
    // The next of the reflected code: the first counter that can go on in its direction; those before turn around.
    let k: usize = 0;
    for (; ; k++) {
      const at = counters + k * 12;
      const v = load<i32>(at) + load<i32>(at, 8);
      if (v >= 0 && v <= load<i32>(at, 4)) break;
      store<i32>(at, -load<i32>(at, 8), 8);
    }
    const at = counters + k * 12;
    const direction = load<i32>(at, 8);
    store<i32>(at, load<i32>(at) + direction);
    const sign = f64x2.splat(<f64>-direction);
    let step = steps + k * rowBytes;
    for (let s = sums, end = sums + rowBytes; s < end; s += 32, step += 32) {
      v128.store(s, f64x2.add(v128.load(s), f64x2.mul(sign, v128.load(step))));
      v128.store(s, f64x2.add(v128.load(s, 16), f64x2.mul(sign, v128.load(step, 16))), 16);
    }
  }
  store<f64>(to, f64x2.extract_lane(totalRe, 0) + f64x2.extract_lane(totalRe, 1));
  store<f64>(to, f64x2.extract_lane(totalIm, 0) + f64x2.extract_lane(totalIm, 1), 8);
}
