import type { View } from "./view.ts";

/** xoshiro256++ as in photonics/kernels/random.ts: 64-bit words as pairs of 32-bit ones, the lower one first. */
export interface Stream {
  seed(seed: bigint, stream: bigint): void;
  /** Draws the next 64 bits to `low` and `high`. */
  step(): void;
  readonly bits: { low: number; high: number };
  uniform(): number;
  below(bound: number): number;
  exponential(layers: number): number;
  save(at: number): void;
  restore(at: number): void;
}

const mask = (1n << 64n) - 1n;

function mixed(value: bigint): bigint {
  let z = value;
  z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & mask;
  z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & mask;
  return z ^ (z >> 31n);
}

const golden = 0x9e3779b97f4a7c15n;

export function streamIn({ f64, u32 }: View): Stream {
  const s = new Uint32Array(8);
  const bits = { low: 0, high: 0 };
  const step = () => {
    const [s0l, s0h, s1l, s1h, s2l, s2h, s3l, s3h] = s as unknown as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    const suml = s0l + s3l;
    const low = suml >>> 0;
    const high = (s0h + s3h + (suml > 0xffff_ffff ? 1 : 0)) >>> 0;
    const rl = ((low << 23) | (high >>> 9)) >>> 0;
    const rh = ((high << 23) | (low >>> 9)) >>> 0;
    const addl = rl + s0l;
    bits.low = addl >>> 0;
    bits.high = (rh + s0h + (addl > 0xffff_ffff ? 1 : 0)) >>> 0;
    const tl = s1l << 17;
    const th = (s1h << 17) | (s1l >>> 15);
    s[4] = s2l ^ s0l;
    s[5] = s2h ^ s0h;
    s[6] = s3l ^ s1l;
    s[7] = s3h ^ s1h;
    s[2] = s1l ^ s[4]!;
    s[3] = s1h ^ s[5]!;
    s[0] = s0l ^ s[6]!;
    s[1] = s0h ^ s[7]!;
    s[4]! ^= tl;
    s[5]! ^= th;
    // Rotated by 45: the halves change places, then by 13.
    const [l, h] = [s[6]!, s[7]!];
    s[6] = (h << 13) | (l >>> 19);
    s[7] = (l << 13) | (h >>> 19);
  };
  const fraction = () => (bits.high * 2 ** 21 + (bits.low >>> 11)) * 2 ** -53;
  const uniform = () => {
    step();
    return fraction();
  };
  return {
    bits,
    step,
    uniform,
    seed(seed, stream) {
      let z = mixed(seed & mask) ^ mixed((stream * golden + 1n) & mask);
      for (let i = 0; i < 4; i++) {
        z = (z + golden) & mask;
        const word = mixed(z);
        s[2 * i] = Number(word & 0xffff_ffffn);
        s[2 * i + 1] = Number(word >> 32n);
      }
    },
    below(bound) {
      step();
      return Number((BigInt(bits.high) * BigInt(bound)) >> 32n);
    },
    exponential(layers) {
      for (let base = 0; ; ) {
        step();
        const index = bits.low & 255;
        const layer = layers / 8 + index;
        const x = fraction() * f64[layer]!;
        if (x < f64[layer + 1]!) return base + x;
        if (index === 0) {
          base += f64[layer + 1]!;
          continue;
        }
        const low = f64[layer + 257]!;
        if (low + uniform() * (f64[layer + 258]! - low) < Math.exp(-x)) return base + x;
      }
    },
    save(at) {
      u32.set(s, at / 4);
    },
    restore(at) {
      s.set(u32.subarray(at / 4, at / 4 + 8));
    },
  };
}
