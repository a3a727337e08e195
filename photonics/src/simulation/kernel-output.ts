import { type Engine, noisyProbabilities, planNoise, type SlosOutput, unbounded } from "../kernels/index.ts";
import { type Distribution, emptyDistribution } from "./distribution.ts";
import type { Group, NoisyInput } from "./noisy-input.ts";
import { simulateStrongly } from "./strong-simulation.ts";
import type { Watch } from "./watch.ts";

/** The output that `noisyOutput` gives, by kernels. @throws {RangeError} when there is no memory for it */
export function kernelOutput(
  { groups, rows, most }: NoisyInput,
  modes: number,
  engine: Engine,
  watch: Watch,
): Distribution {
  const result = emptyDistribution(modes, most.all);
  if (rows === modes && groups.every(isIdeal)) {
    result.layers[most.all] = idealProbabilities(groups, modes, engine, watch);
    return result;
  }
  const plan = planNoise(
    groups.map(({ column, ways, chances }) => ({ column, ...ways, chances })),
    modes,
    most.all,
    most.interfering,
  );
  for (const [photons, layer] of noisyProbabilities(plan, watch, engine).entries())
    result.layers[photons] = layer;
  return result;
}

/** Whether as many photons interfere, always, and no others come. */
export function isIdeal({ chances }: Group): boolean {
  return chances.every((row, k) =>
    row.every((chance, a) => chance === (k === chances.length - 1 && a === 0 ? 1 : 0)),
  );
}

/** Of each photon of ideal groups where it goes. */
export function idealColumns(groups: readonly Group[]): Float64Array[] {
  return groups.flatMap(({ column, chances }) =>
    // Photons that enter together make a state of norm √k!.
    Array.from({ length: chances.length - 1 }, (_, i) => column.map((x) => x / Math.sqrt(i + 1))),
  );
}

function idealProbabilities(
  groups: readonly Group[],
  modes: number,
  engine: Engine,
  watch: Watch,
): Float64Array {
  return runSlos(idealColumns(groups), modes, "probabilities", engine, watch);
}

/** All amplitudes of photons that interfere, in the order of states. */
export function kernelAmplitudes(
  columns: readonly Float64Array[],
  rows: number,
  engine: Engine,
  watch: Watch,
): Float64Array {
  return runSlos(columns, rows, "amplitudes", engine, watch);
}

function runSlos(
  columns: readonly Float64Array[],
  rows: number,
  output: SlosOutput,
  engine: Engine,
  watch: Watch,
): Float64Array {
  return simulateStrongly({ columns, bounds: unbounded(rows), output, engine }, watch);
}
