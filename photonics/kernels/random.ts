// xoshiro256++ by D. Blackman and S. Vigna (ACM Trans. Math. Softw. 47, 2021). Each stream is seeded through SplitMix64
// from the job's seed and the stream's number, so that what a stream gives does not depend on who drew before.

let s0: u64 = 0;
let s1: u64 = 0;
let s2: u64 = 0;
let s3: u64 = 0;

const GOLDEN: u64 = 0x9e3779b97f4a7c15;

@inline
function mixed(z: u64): u64 {
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

export function seedStream(seed: u64, stream: u64): void {
  let z = mixed(seed) ^ mixed(stream * GOLDEN + 1);
  s0 = mixed((z += GOLDEN));
  s1 = mixed((z += GOLDEN));
  s2 = mixed((z += GOLDEN));
  s3 = mixed((z += GOLDEN));
}

@inline
export function nextBits(): u64 {
  const result = rotl(s0 + s3, 23) + s0;
  const t = s1 << 17;
  s2 ^= s0;
  s3 ^= s1;
  s1 ^= s2;
  s0 ^= s3;
  s2 ^= t;
  s3 = rotl(s3, 45);
  return result;
}

/** Uniform in [0, 1), a multiple of 2^−53. */
@inline
export function nextUniform(): f64 {
  return <f64>(nextBits() >> 11) * 1.1102230246251565e-16;
}

/** An integer from 0 to bound − 1; bound is at most 2^32. */
@inline
export function nextBelow(bound: u32): u32 {
  return <u32>(((nextBits() >> 32) * <u64>bound) >> 32);
}

/**
 * Exponential with mean 1, by the ziggurat of G. Marsaglia and W. W. Tsang (J. Stat. Softw. 5, 2000) with 256 layers.
 * What lies behind the last layer is one layer's width more, since exponentials have no memory.
 *
 * @param layers 257 widths in descending order (f64), then the density at each
 */
export function nextExponential(layers: usize): f64 {
  let base: f64 = 0;
  while (true) {
    const bits = nextBits();
    const layer = layers + (<usize>(bits & 255) << 3);
    const x = <f64>(bits >> 11) * 1.1102230246251565e-16 * load<f64>(layer);
    if (x < load<f64>(layer, 8)) return base + x;
    if (layer == layers) {
      base += load<f64>(layers, 8);
      continue;
    }
    const low = load<f64>(layer, 257 * 8);
    if (low + nextUniform() * (load<f64>(layer, 258 * 8) - low) < NativeMath.exp(-x)) return base + x;
  }
}

export function saveStream(to: usize): void {
  store<u64>(to, s0);
  store<u64>(to, s1, 8);
  store<u64>(to, s2, 16);
  store<u64>(to, s3, 24);
}

export function restoreStream(from: usize): void {
  s0 = load<u64>(from);
  s1 = load<u64>(from, 8);
  s2 = load<u64>(from, 16);
  s3 = load<u64>(from, 24);
}
