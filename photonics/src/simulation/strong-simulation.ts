import {
  type Bounds,
  createSlos,
  type Engine,
  planSlos,
  type Slos,
  type SlosOutput,
} from "../kernels/index.ts";
import { teamFor } from "./kernel-path.ts";
import type { Watch } from "./watch.ts";

/** What to simulate. */
export interface StrongSimulation {
  /** For each photon where it may go. */
  readonly columns: readonly Float64Array[];
  readonly bounds: Bounds;
  readonly output: SlosOutput;
  readonly engine: Engine;
}

/** Tables are kept for the next run when they and the memory they stand in are no larger than this. */
const keptBytesMax = 64 * 2 ** 20;

let kept: { readonly key: string; readonly slos: Slos } | undefined;

/**
 * The values of the states that the bounds allow, in descending order. Iterations of a job mostly differ in the
 * circuit alone: they share tables and memory.
 * @throws {RangeError} when there is no memory for it
 */
export function simulateStrongly(
  { columns, bounds, output, engine }: StrongSimulation,
  watch: Watch,
): Float64Array {
  const key = `${engine} ${output} ${columns.length} ${bounds.caps}/${bounds.required}`;
  let slos = kept?.key === key ? kept.slos : undefined;
  if (slos === undefined) {
    kept?.slos.release();
    kept = undefined;
    const plan = planSlos(columns.length, bounds);
    const team = teamFor(plan.size * plan.photons);
    slos = createSlos(plan, output, { engine, team });
    if (slos.arena.memory.buffer.byteLength <= keptBytesMax) kept = { key, slos };
  }
  try {
    return slos.run(columns, watch).slice();
  } finally {
    slos.dismiss();
    if (kept?.slos !== slos) slos.release();
  }
}
