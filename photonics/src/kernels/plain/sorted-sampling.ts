import type { KernelFunctions } from "../kernel-functions.ts";
import type { Stream } from "./random.ts";
import type { View } from "./view.ts";

/** The walk of photonics/kernels/sorted-sampling.ts, in TypeScript. */
export function sortedSamplingIn(
  { f64, u32 }: View,
  stream: Stream,
): Pick<KernelFunctions, "spacings" | "total" | "beginSorted" | "countSorted"> {
  return {
    spacings(seed, first, end, before, state, layers) {
      if (first === 0) stream.seed(seed, 0n);
      else stream.restore(state);
      let sum = before;
      for (let i = first; i < end; i++) sum += stream.exponential(layers);
      stream.save(state);
      return sum;
    },
    total(values, size, before) {
      let sum = before;
      for (let i = values / 8; i < values / 8 + size; i++) sum += f64[i]!;
      return sum;
    },
    beginSorted(seed, draws, state, layers) {
      stream.seed(seed, 0n);
      f64[state / 8 + 4] = stream.exponential(layers);
      f64[state / 8 + 5] = 0;
      u32[state / 4 + 12] = draws;
      stream.save(state);
    },
    countSorted(values, first, end, scale, state, to, layers) {
      stream.restore(state);
      let next = f64[state / 8 + 4]!;
      let sum = f64[state / 8 + 5]!;
      let left = u32[state / 4 + 12]!;
      let pair = to / 4;
      for (let s = first; s < end && left > 0; s++) {
        sum += f64[values / 8 + s]!;
        const bound = sum * scale;
        if (next >= bound) continue;
        const before = left;
        do {
          left--;
          next += stream.exponential(layers);
        } while (left > 0 && next < bound);
        u32[pair++] = s;
        u32[pair++] = before - left;
      }
      stream.save(state);
      f64[state / 8 + 4] = next;
      f64[state / 8 + 5] = sum;
      u32[state / 4 + 12] = left;
      return (pair - to / 4) / 2;
    },
  };
}
