import type { ComplexMatrix, FockState } from "../model/index.ts";
import { amplitude } from "./output-probabilities.ts";
import { type Complex, plus, times } from "./permanent.ts";
import { addTo, type Probabilities, stateOf, statesOf } from "./states.ts";

/** Amplitudes by state. */
type Vector = Map<string, Complex>;

function evolved(u: ComplexMatrix, vector: Vector): Vector {
  const result: Vector = new Map();
  for (const [key, weight] of vector) {
    const input = stateOf(key);
    const photons = input.reduce((sum, n) => sum + n, 0);
    for (const output of statesOf(photons, u.rows)) {
      const before = result.get(output.join()) ?? [0, 0];
      result.set(output.join(), plus(before, times(weight, amplitude(u, input, output))));
    }
  }
  return result;
}

/**
 * Feed-forward as it happens: the state passes the first circuit, some modes are measured, the state collapses to what
 * fits, and passes the circuit that the measurement chose.
 */
export function measuredBranches(
  first: ComplexMatrix,
  input: FockState,
  measured: readonly number[],
  choose: (counts: FockState) => ComplexMatrix,
): Probabilities {
  const branches = new Map<string, Vector>();
  for (const [key, weight] of evolved(first, new Map([[input.join(), [1, 0]]]))) {
    const counts = measured.map((mode) => stateOf(key)[mode]!).join();
    const branch = branches.get(counts) ?? new Map();
    branches.set(counts, branch.set(key, weight));
  }
  const result: Probabilities = new Map();
  for (const [counts, branch] of branches) {
    for (const [key, [re, im]] of evolved(choose(stateOf(counts)), branch))
      addTo(result, stateOf(key), re ** 2 + im ** 2);
  }
  return result;
}
