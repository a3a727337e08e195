// Amplitudes of subsets of photons, from those of smaller subsets: what drawing a shot takes most of its time for.
import { timesI } from "./complex";

/** Amplitudes of the subsets with the k-th photon, k ≥ 3, except of all photons. */
export function addColumn(f: usize, w: usize, rowBytes: usize, k: u32, subsets: usize): void {
  const top: usize = 1 << (k - 1);
  const bits = k - 3;
  // Subsets of q bits begin at 2^q − 1.
  let subset = subsets + ((((<usize>1) << bits) - 1) << 2);
  let inSize: u32 = 1;
  for (let size: u32 = 0; size <= bits; size++) {
    // Coefficients of the photon drawn for subsets of this size with top alone, and of the two after it.
    const w0 = w + <usize>(size + 1) * rowBytes;
    const w1 = w0 + rowBytes;
    const w2 = w1 + rowBytes;
    const topAt = <usize>(k - 1) << 5;
    for (let i: u32 = 0; i < inSize; i++, subset += 4) {
      const high = <usize>load<u32>(subset);
      const s = f + (high << 4);
      const t = f + ((high | top) << 4);
      let r = v128.load(w1 + topAt), j = v128.load(w1 + topAt, 16);
      let v = v128.load(s);
      let a0 = f64x2.mul(v, v128.load(w0 + topAt)), b0 = f64x2.mul(v, v128.load(w0 + topAt, 16));
      v = v128.load(s, 16);
      let a1 = f64x2.mul(v, r), b1 = f64x2.mul(v, j);
      v = v128.load(s, 32);
      let a2 = f64x2.mul(v, r), b2 = f64x2.mul(v, j);
      v = v128.load(s, 48);
      let a3 = f64x2.mul(v, v128.load(w2 + topAt)), b3 = f64x2.mul(v, v128.load(w2 + topAt, 16));
      for (let rest = <u32>high; rest != 0; rest &= rest - 1) {
        const bit = ctz(rest);
        const from = t - ((<usize>16) << bit);
        const at = <usize>bit << 5;
        r = v128.load(w1 + at);
        j = v128.load(w1 + at, 16);
        v = v128.load(from);
        a0 = f64x2.add(a0, f64x2.mul(v, v128.load(w0 + at)));
        b0 = f64x2.add(b0, f64x2.mul(v, v128.load(w0 + at, 16)));
        v = v128.load(from, 16);
        a1 = f64x2.add(a1, f64x2.mul(v, r));
        b1 = f64x2.add(b1, f64x2.mul(v, j));
        v = v128.load(from, 32);
        a2 = f64x2.add(a2, f64x2.mul(v, r));
        b2 = f64x2.add(b2, f64x2.mul(v, j));
        v = v128.load(from, 48);
        a3 = f64x2.add(a3, f64x2.mul(v, v128.load(w2 + at)));
        b3 = f64x2.add(b3, f64x2.mul(v, v128.load(w2 + at, 16)));
      }
      // The two lowest photons, within the four.
      v = f64x2.add(a0, timesI(b0));
      v128.store(t, v);
      a1 = f64x2.add(a1, f64x2.mul(v, v128.load(w1)));
      b1 = f64x2.add(b1, f64x2.mul(v, v128.load(w1, 16)));
      a2 = f64x2.add(a2, f64x2.mul(v, v128.load(w1, 32)));
      b2 = f64x2.add(b2, f64x2.mul(v, v128.load(w1, 48)));
      v = f64x2.add(a1, timesI(b1));
      v128.store(t, v, 16);
      a3 = f64x2.add(a3, f64x2.mul(v, v128.load(w2, 32)));
      b3 = f64x2.add(b3, f64x2.mul(v, v128.load(w2, 48)));
      v = f64x2.add(a2, timesI(b2));
      v128.store(t, v, 32);
      a3 = f64x2.add(a3, f64x2.mul(v, v128.load(w2)));
      b3 = f64x2.add(b3, f64x2.mul(v, v128.load(w2, 16)));
      v128.store(t, f64x2.add(a3, timesI(b3)), 48);
    }
    inSize = inSize * (bits - size) / (size + 1);
  }
}
