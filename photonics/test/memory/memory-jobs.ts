import {
  circuit,
  experiment,
  job,
  type NoiseModel,
  noNoise,
  type PhotonicJob,
} from "../../src/model/index.ts";
import { randomUnitary } from "../../src/reference/random-unitary.ts";
import { createRandom } from "../../src/simulation/random.ts";

interface MemoryJob {
  readonly name: string;
  readonly job: PhotonicJob;
  /** One of the same kind, for what is taken once. */
  readonly small: PhotonicJob;
}

function memoryJob(
  command: PhotonicJob["command"],
  photons: number,
  modes: number,
  noise: Partial<NoiseModel> = {},
): MemoryJob {
  const of = (n: number, m: number) => {
    const matrix = randomUnitary(m, createRandom(1));
    const random = circuit(m).add(0, { kind: "unitary", name: "", polarized: false, matrix });
    const input = Array.from({ length: m }, (_, mode) => (mode < n ? 1 : 0));
    const bounds = command === "probs" ? {} : { maxSamples: 1_000_000 };
    return job(command, experiment(random, { input, noise: { ...noNoise, ...noise } }), bounds);
  };
  const kind = Object.keys(noise).join(" and ") || "no noise";
  return {
    name: `${command} of ${photons} photons in ${modes} modes with ${kind}`,
    job: of(photons, modes),
    small: of(3, 6),
  };
}

export const memoryJobs: readonly MemoryJob[] = [
  memoryJob("probs", 8, 16),
  memoryJob("probs", 12, 12),
  memoryJob("probs", 8, 16, { indistinguishability: 0.9 }),
  memoryJob("probs", 8, 16, { indistinguishability: 0.9, transmittance: 0.5 }),
  memoryJob("sample_count", 8, 16),
];
