import type { Input, Mixture, NoiseModel } from "../model/index.ts";
import { addAll, type Distribution, emptyDistribution } from "./distribution.ts";
import { noisyOutput } from "./noisy-output.ts";
import type { Optics } from "./optics.ts";
import { vectorOutput } from "./vector-output.ts";
import { checkStopped, type Watch } from "./watch.ts";

/**
 * The exact distribution of photons over the output modes, before anything detects them. Only a Fock state passes
 * through the noise of the source.
 */
export function outputDistribution(
  optics: Optics,
  input: Input,
  noise: NoiseModel,
  watch: Watch,
): Distribution {
  if (input.kind === "fock") return noisyOutput(optics, input.state, noise, watch);
  const mixture =
    input.kind === "mixture"
      ? input.mixture
      : [{ probability: 1, vector: [{ re: 1, im: 0, state: input.state }] }];
  const everyPeriod = overPeriods(mixture, optics.periods);
  const parts = everyPeriod.map(({ probability, vector }, index) => {
    checkStopped(watch);
    watch.onProgress?.(index / everyPeriod.length, "interference");
    return { probability, distribution: vectorOutput(optics, vector, watch) };
  });
  const photonsMax = Math.max(...parts.map(({ distribution }) => distribution.layers.length - 1));
  const result = emptyDistribution(optics.modes, photonsMax);
  for (const { probability, distribution } of parts) addAll(result, distribution, probability);
  return result;
}

/** What enters in several periods, each of which is drawn anew: states side by side. */
function overPeriods(mixture: Mixture, periods: number): Mixture {
  if (periods === 1) return mixture;
  return overPeriods(mixture, periods - 1).flatMap((earlier) =>
    mixture.map((last) => ({
      probability: earlier.probability * last.probability,
      vector: earlier.vector.flatMap((a) =>
        last.vector.map((b) => ({
          re: a.re * b.re - a.im * b.im,
          im: a.re * b.im + a.im * b.re,
          state: [...a.state, ...b.state],
        })),
      ),
    })),
  );
}
