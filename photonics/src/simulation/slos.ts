import { countStates, type StateOrder } from "./state-order.ts";
import { checkStopped, type Watch } from "./watch.ts";

/**
 * Strong linear optical simulation (N. Heurtel et al., arXiv 2206.10549): polynomials ∏ₖ Σⱼ columnₖ[j]·xⱼ, one factor
 * after the other. The coefficient of x^s, times √∏sⱼ!, is the amplitude of the state s for photons that interfere;
 * with real columns of probabilities, the coefficient is the probability of s for photons that do not. These two
 * functions are where nearly all time goes.
 *
 * Taking a photon away from a state leads to a smaller or equal rank, so a layer is made in place of the last one, from
 * its end. Time O(m·C(n+m−1, n)).
 */

/**
 * The layer with another interfering photon.
 * @param amplitudes coefficients of the photons so far, real and imaginary parts in turns, in the order of states
 * @param column where the photon goes, likewise
 * @param photons how many it makes
 */
export function addInterfering(
  amplitudes: Float64Array,
  column: Float64Array,
  photons: number,
  order: StateOrder,
  watch: Watch,
): Float64Array {
  const layer = new Float64Array(2 * countStates(photons, order.modes));
  layer.set(amplitudes);
  visitBackwards(photons, order, watch, (counts, rests, before) => {
    let re = 0;
    let im = 0;
    let behind = 0;
    for (let mode = order.modes - 1; mode >= 0; mode--) {
      behind += order.before[mode]![rests[mode]!]!;
      if (counts[mode] === 0) continue;
      const from = 2 * (before[mode]! + behind);
      const ur = column[2 * mode]!;
      const ui = column[2 * mode + 1]!;
      re += ur * layer[from]! - ui * layer[from + 1]!;
      im += ur * layer[from + 1]! + ui * layer[from]!;
    }
    layer[2 * behind] = re;
    layer[2 * behind + 1] = im;
  });
  return layer;
}

/** The layer with another photon that interferes with none, which leaves in each mode with a probability. */
export function addDistinguishable(
  probabilities: Float64Array,
  column: Float64Array,
  photons: number,
  order: StateOrder,
  watch: Watch,
): Float64Array {
  const layer = new Float64Array(countStates(photons, order.modes));
  layer.set(probabilities);
  visitBackwards(photons, order, watch, (counts, rests, before) => {
    let sum = 0;
    let behind = 0;
    for (let mode = order.modes - 1; mode >= 0; mode--) {
      behind += order.before[mode]![rests[mode]!]!;
      if (counts[mode] !== 0) sum += column[mode]! * layer[before[mode]! + behind]!;
    }
    layer[behind] = sum;
  });
  return layer;
}

/**
 * Visits the states from the last to the first.
 * @param leaf is given counts, for each mode the photons behind it, and the rank up to it that the state without a
 * photon of this mode has
 */
function visitBackwards(
  photons: number,
  { modes, before: table }: StateOrder,
  watch: Watch,
  leaf: (counts: Uint16Array, rests: Uint16Array, before: Float64Array) => void,
): void {
  if (modes === 0) return;
  let visited = 0;
  const before = new Float64Array(modes + 1);
  const counts = new Uint16Array(modes);
  const rests = new Uint16Array(modes);
  const visit = (mode: number, rest: number) => {
    if (mode === modes - 1) {
      counts[mode] = rest;
      rests[mode] = 0;
      if ((++visited & 0xffff) === 0) checkStopped(watch);
      leaf(counts, rests, before);
      return;
    }
    for (let count = 0; count <= rest; count++) {
      counts[mode] = count;
      rests[mode] = rest - count;
      before[mode + 1] = before[mode]! + (rest - count > 0 ? table[mode]![rest - count - 1]! : 0);
      visit(mode + 1, rest - count);
    }
  };
  visit(0, photons);
}
