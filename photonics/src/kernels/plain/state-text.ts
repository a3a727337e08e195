import type { KernelFunctions } from "../kernel-functions.ts";
import type { View } from "./view.ts";

/** The text of photonics/kernels/state-text.ts, in TypeScript. */
export function stateTextIn({ f64, u32, u16, u8 }: View): Pick<KernelFunctions, "writeStates"> {
  return {
    writeStates(counts, modes, values, states, _tables, to) {
      let at = to + 4;
      for (let state = 0; state < states; state++) {
        const from = counts / 2 + state * modes;
        const text = `|${u16.subarray(from, from + modes).join(",")}>=${f64[values / 8 + state]!};`;
        for (let i = 0; i < text.length; i++) u8[at++] = text.charCodeAt(i);
      }
      u32[to / 4] = at - to - 4;
    },
  };
}
