import type { KernelFunctions } from "./kernel-functions.ts";
import { rowsBetween } from "./row-tables.ts";
import type { SlosOutput, SlosPlaces } from "./slos.ts";
import type { SlosPlan } from "./slos-plan.ts";

/** The parameters of `slosRows` that do not depend on the thread. */
type RowsCall =
  Parameters<KernelFunctions["slosRows"]> extends [...infer Call, number, number, number] ? Call : never;

/** Some rows of a layer, which one thread computes without looking up. */
export interface Unit {
  readonly kernel: "slosRows";
  readonly call: RowsCall;
  /** About how many products of amplitudes it takes. */
  readonly cost: number;
}

/** A unit has about as many products, which take some milliseconds even without compiled kernels. */
export const costMax = 300_000;

/** The units of layer k. Each writes rows of its own, so that their order and their threads do not matter. */
export function rowUnits(plan: SlosPlan, at: SlosPlaces, k: number, output: SlosOutput): Unit[] {
  const { photons, layers, front, back } = plan;
  const from = at.buffers[(photons - k + 1) % 2]!;
  const to = at.buffers[(photons - k) % 2]!;
  const last = k === photons;
  const units: Unit[] = [];
  for (let i = 0; i <= k; i++) {
    const length = back.sizes[k - i]!;
    const rows = front.sizes[i]!;
    if (length === 0 || rows === 0) continue;
    const shorter = i === k ? 0 : back.sizes[k - 1 - i]!;
    const level = at.front.levels[i]!;
    const rowCost = length * (front.terms[i]! / rows) + shorter * back.modes + 20;
    const spans = Math.max(1, Math.floor(costMax / rowCost / rowsBetween));
    for (let span = 0; span * rowsBetween < rows; span += spans) {
      const end = Math.min(span + spans, level.starts.length - 1);
      const call: RowsCall = [
        level.starts[span]!,
        level.starts[end]!,
        span * rowsBetween,
        i === 0 ? 1 : 0,
        level.missing,
        photons - k,
        at.front.shift,
        at.uFront,
        i === 0 ? 0 : from + 16 * layers[k - 1]!.starts[i - 1]!,
        length,
        i === k ? 0 : from + 16 * layers[k - 1]!.starts[i]!,
        shorter,
        at.back.shift,
        at.uBack,
        at.back.chunks[k - i]!.at,
        at.back.chunks[k - i]!.end,
        last && output === "probabilities" ? 1 : 0,
        last ? to : to + 16 * layers[k]!.starts[i]!,
        last ? 1 : 0,
      ];
      const cost = Math.min(rows, end * rowsBetween) - span * rowsBetween;
      units.push({ kernel: "slosRows", call, cost: cost * rowCost });
    }
  }
  return units;
}
