import { checkStopped, type Watch } from "./watch.ts";

/** How many states n photons have in m modes: C(n+m−1, n), in floating point. */
export function countStates(photons: number, modes: number): number {
  let count = 1;
  for (let i = 1; i <= photons; i++) count = (count * (modes - 1 + i)) / i;
  return Math.round(count);
}

/**
 * All output amplitudes of photons that each enter as a superposition of modes, unnormalized: coefficient s of the
 * polynomial ∏ₖ Σⱼ columnₖ[j]·xⱼ, real and imaginary parts in turns, in the order of `forEachState`.
 *
 * Strong linear optical simulation (N. Heurtel et al., arXiv 2206.10549), one photon after the other. States are
 * ordered so that taking a photon away leads to a smaller or equal index: each layer replaces the last one in place,
 * from its end. Time O(m·C(n+m−1, n)) for the last layer; memory 16 bytes a state.
 *
 * @param columns one for each photon, of 2·modes numbers
 */
export function amplitudesOf(
  columns: readonly Float64Array[],
  modes: number,
  watch: Watch = {},
): Float64Array {
  const size = countStates(columns.length, modes);
  const amplitudes = new Float64Array(2 * size);
  amplitudes[0] = 1;
  const table = rankTable(columns.length, modes);
  for (const [k, column] of columns.entries()) addPhoton(amplitudes, column, k + 1, modes, table, watch);
  return amplitudes;
}

/** [mode][photons behind it] → how many states come before those with that many: C(r+m−2−i, m−1−i). */
function rankTable(photons: number, modes: number): Float64Array[] {
  return Array.from({ length: modes }, (_, mode) => {
    const row = new Float64Array(photons + 1);
    for (let rest = 1; rest <= photons; rest++)
      row[rest] = mode === modes - 1 ? 0 : countStates(rest - 1, modes - mode);
    return row;
  });
}

function addPhoton(
  amplitudes: Float64Array,
  column: Float64Array,
  photons: number,
  modes: number,
  table: readonly Float64Array[],
  watch: Watch,
): void {
  let visited = 0;
  /** Ranks of the state without a photon of mode j, for each j: what comes from before j, then from j on. */
  const before = new Float64Array(modes + 1);
  const counts = new Uint16Array(modes);
  const rests = new Uint16Array(modes);

  const leaf = () => {
    if ((++visited & 0xffff) === 0) checkStopped(watch);
    let re = 0;
    let im = 0;
    let behind = 0;
    for (let mode = modes - 1; mode >= 0; mode--) {
      behind += table[mode]![rests[mode]!]!;
      if (counts[mode] === 0) continue;
      const from = 2 * (before[mode]! + behind);
      const ur = column[2 * mode]!;
      const ui = column[2 * mode + 1]!;
      re += ur * amplitudes[from]! - ui * amplitudes[from + 1]!;
      im += ur * amplitudes[from + 1]! + ui * amplitudes[from]!;
    }
    amplitudes[2 * behind] = re;
    amplitudes[2 * behind + 1] = im;
  };
  const visit = (mode: number, rest: number) => {
    if (mode === modes - 1) {
      counts[mode] = rest;
      rests[mode] = 0;
      leaf();
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

/**
 * Visits every state of n photons in m modes in the order of the amplitudes: |n,0,…>, …, |0,…,n>. The counts are of
 * one array that changes between visits.
 */
export function forEachState(
  photons: number,
  modes: number,
  visit: (counts: Uint16Array, index: number) => void,
): void {
  const counts = new Uint16Array(modes);
  let index = 0;
  const descend = (mode: number, rest: number) => {
    if (mode === modes - 1) {
      counts[mode] = rest;
      visit(counts, index++);
      return;
    }
    for (let count = rest; count >= 0; count--) {
      counts[mode] = count;
      descend(mode + 1, rest - count);
    }
  };
  descend(0, photons);
}
