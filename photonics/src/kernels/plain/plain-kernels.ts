import type { KernelFunctions } from "../kernel-functions.ts";
import { permanentIn } from "./permanent.ts";
import { streamIn } from "./random.ts";
import { rowsIn } from "./rows.ts";
import { shotsIn } from "./shots.ts";
import { sortedSamplingIn } from "./sorted-sampling.ts";
import { stateTextIn } from "./state-text.ts";
import { statesIn } from "./states.ts";
import { viewOf } from "./view.ts";

/**
 * The kernels in TypeScript, on the same memory and with the same results, bit by bit: what the compiled ones are
 * measured against, and what runs where WebAssembly does not.
 */
export function plainKernels(buffer: ArrayBufferLike): KernelFunctions {
  const view = viewOf(buffer);
  const stream = streamIn(view);
  return {
    ...statesIn(view),
    ...rowsIn(view),
    ...permanentIn(view),
    ...sortedSamplingIn(view, stream),
    ...shotsIn(view, stream),
    ...stateTextIn(view),
  };
}
