import type { ComplexMatrix, FockState } from "../model/index.ts";
import { type Complex, conjugate, entry, one, permanent, permutations, plus, times } from "./permanent.ts";
import { addTo, modesOfPhotons, type Probabilities, productOfFactorials, statesOf } from "./states.ts";

/**
 * The amplitude of an output for an input of indistinguishable photons: the permanent of the matrix with a row for
 * each photon that leaves and a column for each that enters, over √(∏inputᵢ! ∏outputⱼ!) (S. Scheel, quant-ph/0406127).
 */
export function amplitude(u: ComplexMatrix, input: FockState, output: FockState): Complex {
  const [enter, leave] = [modesOfPhotons(input), modesOfPhotons(output)];
  if (enter.length !== leave.length) return [0, 0];
  const [re, im] = permanent(enter.length, (row, col) => entry(u, leave[row]!, enter[col]!));
  const norm = Math.sqrt(productOfFactorials(input) * productOfFactorials(output));
  return [re / norm, im / norm];
}

/** The output of indistinguishable photons. */
export function idealOutput(u: ComplexMatrix, input: FockState): Probabilities {
  const result: Probabilities = new Map();
  for (const output of statesOf(modesOfPhotons(input).length, u.rows)) {
    const [re, im] = amplitude(u, input, output);
    addTo(result, output, re ** 2 + im ** 2);
  }
  return result;
}

/** The output of photons that interfere with none: each goes its own way. */
export function distinguishableOutput(u: ComplexMatrix, modes: readonly number[]): Probabilities {
  let result: Probabilities = new Map([[new Array(u.rows).fill(0).join(), 1]]);
  for (const mode of modes) {
    const next: Probabilities = new Map();
    for (const [key, probability] of result) {
      for (let row = 0; row < u.rows; row++) {
        const [re, im] = entry(u, row, mode);
        const state = key.split(",").map((count, at) => Number(count) + (at === row ? 1 : 0));
        addTo(next, state, probability * (re ** 2 + im ** 2));
      }
    }
    result = next;
  }
  return result;
}

/**
 * The output of photons, one in each given mode, whose internal states overlap as a Gram matrix says: for the output
 * with photons in modes d, Σ over permutations σ, ρ of ∏ⱼ U[dⱼ][σⱼ]·U*[dⱼ][ρⱼ]·⟨ρⱼ|σⱼ⟩, over ∏outputⱼ!
 * (M. C. Tichy, Phys. Rev. A 91, 022316 (2015)). The modes must differ.
 */
export function overlappingOutput(
  u: ComplexMatrix,
  modes: readonly number[],
  overlap: (a: number, b: number) => Complex,
): Probabilities {
  const result: Probabilities = new Map();
  const orders = permutations(modes.length);
  for (const output of statesOf(modes.length, u.rows)) {
    const leave = modesOfPhotons(output);
    let sum: Complex = [0, 0];
    for (const sigma of orders) {
      for (const rho of orders) {
        const term = leave.reduce<Complex>((product, row, j) => {
          const [s, r] = [sigma[j]!, rho[j]!];
          const ways = times(entry(u, row, modes[s]!), conjugate(entry(u, row, modes[r]!)));
          return times(product, times(ways, overlap(r, s)));
        }, one);
        sum = plus(sum, term);
      }
    }
    addTo(result, output, sum[0] / productOfFactorials(output));
  }
  return result;
}

/** The photons of two independent groups, counted together. */
export function together(a: Probabilities, b: Probabilities): Probabilities {
  const result: Probabilities = new Map();
  for (const [first, p] of a) {
    for (const [second, q] of b) {
      const others = second.split(",");
      addTo(
        result,
        first.split(",").map((count, mode) => Number(count) + Number(others[mode])),
        p * q,
      );
    }
  }
  return result;
}
