/**
 * The estimate of a job's time against what the simulator takes for it, with its result written: jobs of both kinds of
 * command, with noise, masks, polarization, loss, feed-forward and iterators. The speed of this machine is measured first.
 * The aim is a factor of 4 either way. Then the path that jobs
 * take, which constants decide, against the one that takes least here: where it takes 1.5 times as long, the constants of
 * strong-path.ts are to be set anew by what is printed.
 */
import { estimateJob, quantity } from "@corbenic/photonics/cost";
import {
  beamSplitter,
  circuit,
  type Detector,
  type Experiment,
  type ExperimentOptions,
  experiment,
  job,
  type PhotonicJob,
  phaseShifter,
  thresholdDetector,
} from "@corbenic/photonics/model";
import { encodeResult } from "@corbenic/photonics/perceval";
import { measureSpeed, simulate, warmKernels, writeTables } from "@corbenic/photonics/simulation";
import { mesh, single } from "./cost-circuits.ts";
import { measurePaths } from "./cost-paths.ts";

const lossy = { transmittance: 0.5 };
const partial = { indistinguishability: 0.9 };
const both = { ...lossy, ...partial };
const pairs = { g2: 0.05, transmittance: 0.6, indistinguishability: 0.9 };

function of(photons: number, modes: number, options: ExperimentOptions = {}): Experiment {
  return experiment(mesh(modes), { input: single(photons, modes), ...options });
}

const jobs: [string, PhotonicJob][] = [];
const add = (name: string, each: PhotonicJob) => jobs.push([name, each]);

for (const [photons, modes] of [
  [2, 4],
  [3, 6],
  [4, 8],
  [5, 10],
  [6, 10],
  [6, 12],
  [7, 12],
  [7, 14],
  [8, 12],
] as const)
  add(`probs n${photons} m${modes}`, job("probs", of(photons, modes)));
for (const [photons, modes] of [
  [2, 6],
  [3, 8],
  [4, 8],
  [5, 8],
  [5, 10],
  [6, 9],
] as const) {
  add(`probs n${photons} m${modes} lossy`, job("probs", of(photons, modes, { noise: lossy })));
  add(`probs n${photons} m${modes} partial`, job("probs", of(photons, modes, { noise: partial })));
  add(`probs n${photons} m${modes} both`, job("probs", of(photons, modes, { noise: both })));
}
for (const [photons, modes] of [
  [2, 4],
  [3, 6],
  [4, 6],
] as const)
  add(`probs n${photons} m${modes} pairs`, job("probs", of(photons, modes, { noise: pairs })));
for (const [photons, modes] of [
  [4, 8],
  [6, 10],
  [7, 12],
] as const)
  add(
    `probs n${photons} m${modes} threshold`,
    job("probs", of(photons, modes, { detectors: thresholdDetector })),
  );
for (const [photons, modes] of [
  [5, 8],
  [6, 10],
] as const) {
  const detectors: Detector = { kind: "wires", name: "", wires: 4, maxDetections: 4, efficiency: 0.9 };
  add(`probs n${photons} m${modes} four wires`, job("probs", of(photons, modes, { detectors })));
  const heralds = new Map([
    [modes - 1, 1],
    [modes - 2, 0],
  ]);
  add(`probs n${photons} m${modes} heralds`, job("probs", of(photons, modes, { heralds })));
  add(
    `probs n${photons} m${modes} condition`,
    job("probs", of(photons, modes, { postSelection: "[0,1]==1 & [2,3]==1" })),
  );
}
for (const [photons, modes] of [
  [3, 6],
  [5, 10],
  [6, 12],
  [7, 12],
  [8, 12],
] as const)
  for (const maxSamples of [1_000, 100_000]) {
    add(
      `sample_count n${photons} m${modes} ${maxSamples}`,
      job("sample_count", of(photons, modes), { maxSamples }),
    );
  }
for (const [photons, modes] of [
  [3, 6],
  [5, 10],
  [6, 12],
] as const) {
  add(`samples n${photons} m${modes} 100000`, job("samples", of(photons, modes), { maxSamples: 100_000 }));
  add(
    `samples n${photons} m${modes} lossy`,
    job("samples", of(photons, modes, { noise: lossy }), { maxSamples: 30_000 }),
  );
}
add(
  "sample_count n4 m8 pairs",
  job("sample_count", of(4, 8, { noise: { ...pairs, g2: 0.02 } }), { maxSamples: 30_000 }),
);
for (const steps of [10, 100]) {
  const iterations = Array.from({ length: steps }, (_, i) => ({
    circuitParameters: new Map([["phi", i / steps]]),
  }));
  add(
    `probs n4 m8, ${steps} steps`,
    job("probs", experiment(mesh(8).add(0, phaseShifter("phi")), { input: single(4, 8) }), { iterations }),
  );
}
const polarized: Experiment = {
  ...of(3, 6),
  input: {
    kind: "annotated",
    state: single(3, 6).map((count) => (count === 1 ? [{ polarization: { theta: 1, phi: 0 } }] : [])),
  },
};
add("probs n3 m6 polarized", job("probs", polarized));
const choosing = circuit(8)
  .add(0, mesh(8))
  .add(0, {
    kind: "feed-forward-configurator",
    name: "",
    measured: 2,
    offset: 0,
    blockCircuitSize: false,
    circuit: circuit(2).add(0, beamSplitter("theta")),
    defaultValues: new Map([["theta", 0.3]]),
    values: new Map(["1,0", "0,1", "1,1"].map((state, i) => [state, new Map([["theta", i]])])),
  });
for (const photons of [3, 4, 5])
  add(`probs n${photons} m8 feed-forward`, job("probs", experiment(choosing, { input: single(photons, 8) })));

/** Seconds of the processor for one run, of several that are measured together. */
async function measure(each: PhotonicJob): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 3; round++) {
    const begun = process.threadCpuUsage();
    let runs = 0;
    let seconds = 0;
    while (seconds < 0.05) {
      encodeResult(await simulate(each, { seed: 1 }), each, writeTables);
      const { user, system } = process.threadCpuUsage(begun);
      seconds = (user + system) / 1e6;
      runs += 1;
    }
    best = Math.min(best, seconds / runs);
  }
  return best;
}

warmKernels();
// The clock of processor time goes in steps that are too coarse for this.
const speed = measureSpeed(() => performance.now() / 1000);
const rows: { name: string; estimated: number; measured: number; ratio: number }[] = [];
for (const [name, each] of jobs) {
  const measured = await measure(each);
  const estimated = quantity(estimateJob(each, speed).seconds);
  rows.push({ name, estimated, measured, ratio: estimated / measured });
}
console.log(`Node ${process.version}, ${rows.length} jobs`);
console.log(`${"job".padEnd(34)} estimate ms  measured ms  ratio`);
for (const { name, estimated, measured, ratio } of rows) {
  console.log(
    name.padEnd(34) +
      (1000 * estimated).toFixed(2).padStart(12) +
      (1000 * measured).toFixed(2).padStart(13) +
      ratio.toFixed(2).padStart(7) +
      (ratio > 4 || ratio < 1 / 4 ? "  off" : ""),
  );
}
const within = (factor: number, from = 0) =>
  rows.filter(({ ratio, measured }) => measured >= from && ratio <= factor && ratio >= 1 / factor).length;
const long = rows.filter(({ measured }) => measured >= 0.01).length;
console.log(
  `within a factor of 4: ${within(4)} of ${rows.length}; of those above 10 ms: ${within(4, 0.01)} of ${long}`,
);
const middle = rows.map(({ ratio }) => ratio).toSorted((a, b) => a - b)[Math.floor(rows.length / 2)]!;
console.log(`median ratio ${middle.toFixed(2)}`);
await measurePaths();
