import { isPerfectSource, type NoiseModel } from "../model/index.ts";

/**
 * What the source delivers in place of the photons of one mode: `chances[k][a]` is the probability of k photons that
 * interfere with those of other modes and a that interfere with none. They sum to one.
 */
export type Chances = readonly (readonly number[])[];

/** What the source may deliver in place of one photon. */
interface Event {
  readonly probability: number;
  readonly interfering: number;
  readonly alone: number;
}

/**
 * The events of one photon, after M. Pont et al., Phys. Rev. X 12, 031033 (2022): with brightness B and
 * autocorrelation g2 the source emits a pair with p₂ = (1 − B·g2 − √(1 − 2·B·g2)) / g2, written here so that nothing
 * cancels for a small g2, and one photon with p₁ = B − p₂. Each photon gets through with the transmittance. The first
 * photon interferes with probability √I; the second does unless g2 photons are distinguishable.
 */
function eventsOf(noise: NoiseModel): Event[] {
  const { brightness, g2, transmittance: eta, indistinguishability, g2Distinguishable } = noise;
  const product = brightness * g2;
  const pair = (brightness * product) / (1 - product + Math.sqrt(Math.max(0, 1 - 2 * product)));
  const single = brightness - pair;
  const halfPair = eta * (1 - eta) * pair;
  const wholePair = eta * eta * pair;
  const overlap = Math.sqrt(indistinguishability);
  const second = g2Distinguishable ? { interfering: 0, alone: 1 } : { interfering: 1, alone: 0 };
  const first = eta * single + halfPair;
  return [
    { probability: 1 - brightness + (1 - eta) * single + (1 - eta) ** 2 * pair, interfering: 0, alone: 0 },
    { probability: overlap * first, interfering: 1, alone: 0 },
    { probability: (1 - overlap) * first, interfering: 0, alone: 1 },
    { probability: halfPair, ...second },
    { probability: overlap * wholePair, interfering: 1 + second.interfering, alone: second.alone },
    { probability: (1 - overlap) * wholePair, interfering: second.interfering, alone: 1 + second.alone },
  ].filter(({ probability }) => probability > 0);
}

/** The chances of a mode that should get so many photons. */
export function sourceChances(photons: number, noise: NoiseModel): Chances {
  const events: Event[] = isPerfectSource(noise)
    ? [{ probability: 1, interfering: 1, alone: 0 }]
    : eventsOf(noise);
  let chances: number[][] = [[1]];
  for (let photon = 0; photon < photons; photon++) {
    const next: number[][] = [];
    for (const { probability, interfering, alone } of events) {
      for (const [k, row] of chances.entries()) {
        for (const [a, chance] of row.entries()) {
          next[k + interfering] ??= [];
          const target = next[k + interfering]!;
          target[a + alone] = (target[a + alone] ?? 0) + chance * probability;
        }
      }
    }
    chances = Array.from(next, (row) => Array.from(row ?? [], (chance) => chance ?? 0));
  }
  return chances;
}

/** Numbers of photons that are rarer than this are left out. */
const negligible = 1e-13;

/** The most photons that all modes together deliver, but for what is negligible, and of those the most that interfere. */
export function mostPhotons(modes: readonly Chances[]): {
  readonly all: number;
  readonly interfering: number;
} {
  let byPhotons = [1];
  let interfering = 0;
  for (const chances of modes) {
    interfering += chances.length - 1;
    const next: number[] = [];
    for (const [before, weight] of byPhotons.entries()) {
      for (const [k, row] of chances.entries()) {
        for (const [a, chance] of row.entries()) {
          next[before + k + a] = (next[before + k + a] ?? 0) + weight * chance;
        }
      }
    }
    byPhotons = Array.from(next, (weight) => weight ?? 0);
  }
  let all = byPhotons.length - 1;
  for (let rarer = byPhotons[all]!; rarer < negligible && all > 0; rarer += byPhotons[all]!) all -= 1;
  return { all, interfering: Math.min(interfering, all) };
}
