import {
  type CircuitBuilder,
  circuit,
  type ExperimentOptions,
  experiment,
  job,
  type PhotonicJob,
  phaseShifter,
} from "@corbenic/photonics/model";
import { encodeResult } from "@corbenic/photonics/perceval";
import { simulate, warmKernels, writeTables } from "@corbenic/photonics/simulation";
import { randomUnitary } from "../photonics/src/reference/random-unitary.ts";
import { createRandom } from "../photonics/src/simulation/random.ts";
import { format, median, print } from "./table.ts";

/** A random interferometer behind a phase. */
function interferometer(modes: number, phase: number | "phi"): CircuitBuilder {
  const matrix = randomUnitary(modes, createRandom(1));
  return circuit(modes)
    .add(0, phaseShifter(phase))
    .add(0, { kind: "unitary", name: "", polarized: false, matrix });
}

function of(photons: number, modes: number, options: ExperimentOptions = {}, phase: number | "phi" = 1) {
  const input = Array.from({ length: modes }, (_, mode) => (mode < photons ? 1 : 0));
  return experiment(interferometer(modes, phase), { input, ...options });
}

const herald = (modes: readonly number[]) => ({ heralds: new Map(modes.map((mode) => [mode, 1])) });
const steps = Array.from({ length: 40 }, (_, i) => ({
  circuitParameters: new Map([["phi", i / 40]]),
  sent: {},
}));
const jobs: [string, PhotonicJob][] = [
  ["probs (6,12)", job("probs", of(6, 12))],
  ["probs (6,12), 40 iterations", job("probs", of(6, 12, {}, "phi"), { iterations: steps })],
  ["probs (8,16)", job("probs", of(8, 16))],
  ["probs (8,16), four modes heralded", job("probs", of(8, 16, herald([2, 5, 9, 15])))],
  ["probs (8,16), one photon in each pair of modes", job("probs", of(8, 16, { postSelection: pairs(16) }))],
  [
    "probs (10,20), ten clicks",
    { ...job("probs", of(10, 20, { minDetectedPhotons: 10 })), thresholded: true },
  ],
  ["sample_count (8,16), a million", job("sample_count", of(8, 16), { maxSamples: 1_000_000 })],
];

function pairs(modes: number): string {
  return Array.from({ length: modes / 2 }, (_, i) => `[${2 * i},${2 * i + 1}]==1`).join(" & ");
}

/** Jobs as a worker runs them, from the decoded payload to the text of the result, by processor time. */
export async function measureWholeJobs(): Promise<void> {
  warmKernels();
  const seconds = () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  };
  const table = [["whole jobs", "simulated", "written", "characters"]];
  for (const [name, each] of jobs) {
    const simulated: number[] = [];
    const written: number[] = [];
    let characters = 0;
    for (let round = 0; round < 7; round++) {
      const begun = seconds();
      const result = await simulate(each, { seed: 1 });
      const between = seconds();
      characters = encodeResult(result, each, writeTables).length;
      simulated.push(between - begun);
      written.push(seconds() - between);
    }
    table.push([name, format(median(simulated)), format(median(written)), String(characters)]);
  }
  process.stdout.write("\n");
  print(table);
}
