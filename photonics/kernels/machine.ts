// What this machine can do at most, for benchmarks to compare with.

/**
 * Does 10 vector operations a round, products and sums by halves, in chains that do not wait for each other.
 * @param from twelve different vectors to begin with
 */
export function vectorOperations(rounds: u32, from: usize): f64 {
  const x = v128.load(from, 160);
  const y = v128.load(from, 176);
  let a0 = v128.load(from), a1 = v128.load(from, 16), a2 = v128.load(from, 32), a3 = v128.load(from, 48);
  let a4 = v128.load(from, 64), b0 = v128.load(from, 80), b1 = v128.load(from, 96), b2 = v128.load(from, 112);
  let b3 = v128.load(from, 128), b4 = v128.load(from, 144);
  for (; rounds > 0; rounds--) {
    a0 = f64x2.mul(a0, x);
    b0 = f64x2.add(b0, y);
    a1 = f64x2.mul(a1, x);
    b1 = f64x2.add(b1, y);
    a2 = f64x2.mul(a2, x);
    b2 = f64x2.add(b2, y);
    a3 = f64x2.mul(a3, x);
    b3 = f64x2.add(b3, y);
    a4 = f64x2.mul(a4, x);
    b4 = f64x2.add(b4, y);
  }
  const a = f64x2.add(f64x2.add(f64x2.add(a0, a1), f64x2.add(a2, a3)), a4);
  const b = f64x2.add(f64x2.add(f64x2.add(b0, b1), f64x2.add(b2, b3)), b4);
  return f64x2.extract_lane(f64x2.add(a, b), 0);
}

/** to[i] += 3 · from[i]: reads twice as many bytes as it writes. */
export function stream(to: usize, from: usize, bytes: usize): void {
  const s = f64x2.splat(3);
  for (const end = to + bytes; to < end; to += 32, from += 32) {
    v128.store(to, f64x2.add(v128.load(to), f64x2.mul(s, v128.load(from))));
    v128.store(to, f64x2.add(v128.load(to, 16), f64x2.mul(s, v128.load(from, 16))), 16);
  }
}
