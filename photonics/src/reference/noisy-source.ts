import type { ComplexMatrix, FockState, NoiseModel } from "../model/index.ts";
import { distinguishableOutput, idealOutput, together } from "./output-probabilities.ts";
import { modesOfPhotons, type Probabilities } from "./states.ts";

/** A photon that enters: whether it interferes with others. */
type Quality = "interfering" | "alone";

/** Everything that may happen where one photon is wanted, step by step. */
function events(noise: NoiseModel): { probability: number; photons: Quality[] }[] {
  const { brightness, g2, indistinguishability, transmittance, g2Distinguishable } = noise;
  // g2 = 2·p₂ / (p₁ + 2·p₂)² and brightness = p₁ + p₂.
  const pair = g2 === 0 ? 0 : (1 - brightness * g2 - Math.sqrt(1 - 2 * brightness * g2)) / g2;
  const extra: Quality = g2Distinguishable ? "alone" : "interfering";
  const emitted: { probability: number; photons: Quality[][] }[] = [
    { probability: 1 - brightness, photons: [[]] },
    { probability: brightness - pair, photons: [["interfering"], ["alone"]] },
    {
      probability: pair,
      photons: [
        ["interfering", extra],
        ["alone", extra],
      ],
    },
  ];
  return emitted.flatMap(({ probability, photons }) =>
    photons.flatMap((pure) => {
      const quality =
        pure[0] === undefined
          ? 1
          : pure[0] === "interfering"
            ? Math.sqrt(indistinguishability)
            : 1 - Math.sqrt(indistinguishability);
      return survivors(pure, transmittance).map((some) => ({
        probability: probability * quality * some.probability,
        photons: some.photons,
      }));
    }),
  );
}

/** Each photon gets through or not. */
function survivors(
  photons: readonly Quality[],
  transmittance: number,
): { probability: number; photons: Quality[] }[] {
  const [first, ...rest] = photons;
  if (first === undefined) return [{ probability: 1, photons: [] }];
  return survivors(rest, transmittance).flatMap((some) => [
    { probability: some.probability * transmittance, photons: [first, ...some.photons] },
    { probability: some.probability * (1 - transmittance), photons: some.photons },
  ]);
}

/** The output of an imperfect source: what may happen to each photon is listed, and each list computed by itself. */
export function noisySourceOutput(u: ComplexMatrix, input: FockState, noise: NoiseModel): Probabilities {
  const result: Probabilities = new Map();
  const visit = (wanted: readonly number[], probability: number, interfering: number[], alone: number[]) => {
    if (probability === 0) return;
    const [mode, ...rest] = wanted;
    if (mode === undefined) {
      const state = Array.from({ length: u.rows }, (_, m) => interfering.filter((at) => at === m).length);
      const output = together(idealOutput(u, state), distinguishableOutput(u, alone));
      for (const [key, p] of output) result.set(key, (result.get(key) ?? 0) + probability * p);
      return;
    }
    for (const event of events(noise)) {
      const of = (quality: Quality) => event.photons.filter((photon) => photon === quality).map(() => mode);
      visit(
        rest,
        probability * event.probability,
        [...interfering, ...of("interfering")],
        [...alone, ...of("alone")],
      );
    }
  };
  visit(modesOfPhotons(input), 1, [], []);
  return result;
}
