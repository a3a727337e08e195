import { fasterPath, type StrongPath } from "@corbenic/photonics/cost";
import { experiment, job, type NoiseModel, type PhotonicJob } from "@corbenic/photonics/model";
import { forceDraws, forcePath, simulate } from "@corbenic/photonics/simulation";
import { mesh, single } from "./cost-circuits.ts";
import { format, median, print } from "./table.ts";

/** Measures the paths between which constants decide, near where they take the same time, and the one that is taken. */
export async function measurePaths(): Promise<void> {
  process.stdout.write("\n");
  print([["probabilities", "products", "layers", "wasm", "taken", "of the best"], ...(await strongPaths())]);
  print([
    ["samples", "all probabilities", "an event", "same for", "taken, of the best"],
    ...(await samplings()),
  ]);
}

function states(photons: number, modes: number): number {
  let count = 1;
  for (let i = 1; i <= photons; i++) count = (count * (modes - 1 + i)) / i;
  return Math.round(count);
}

/** On the clock, as that of processor time goes in steps that are too coarse for short jobs. */
async function clockOf(each: PhotonicJob): Promise<number> {
  const begun = performance.now();
  await simulate(each, { seed: 1 });
  return (performance.now() - begun) / 1000;
}

async function processorSecondsOf(each: PhotonicJob): Promise<number> {
  const begun = process.threadCpuUsage();
  await simulate(each, { seed: 1 });
  const { user, system } = process.threadCpuUsage(begun);
  return (user + system) / 1e6;
}

/** Sizes take turns, so that none finds the tables of its last run. */
async function strongPaths(): Promise<string[][]> {
  const sizes = [
    [3, 6],
    [4, 8],
    [5, 8],
    [4, 12],
    [5, 10],
    [5, 11],
    [6, 9],
    [5, 12],
    [6, 12],
  ] as const;
  const jobs = sizes.map(([photons, modes]) =>
    job("probs", experiment(mesh(modes), { input: single(photons, modes) })),
  );
  const times = { layers: jobs.map(() => [] as number[]), wasm: jobs.map(() => [] as number[]) };
  for (const path of ["layers", "wasm"] as const) {
    forcePath(path);
    for (let round = 0; round < 40; round++)
      for (const [i, each] of jobs.entries()) times[path][i]!.push(await clockOf(each));
  }
  forcePath(undefined);
  return sizes.map(([photons, modes], i) => {
    const steps = photons * states(photons, modes);
    const [layers, wasm] = [median(times.layers[i]!), median(times.wasm[i]!)];
    const taken: StrongPath = fasterPath(steps);
    const ratio = (taken === "layers" ? layers : wasm) / Math.min(layers, wasm);
    return [`n${photons} m${modes}`, String(steps), format(layers), format(wasm), taken, ratio.toFixed(2)];
  });
}

interface Sampling {
  readonly name: string;
  readonly noise: Partial<NoiseModel>;
  readonly photons: number;
  readonly modes: number;
}

/** Of so many states that their probabilities take long enough to think of drawing instead. */
function sampled(): Sampling[] {
  const half = { transmittance: 0.5 };
  const partial = { indistinguishability: 0.9 };
  const most = { transmittance: 0.1, indistinguishability: 0.9 };
  const pairs = { transmittance: 0.3, indistinguishability: 0.9, g2: 0.02 };
  return [
    { name: "ideal", noise: {}, photons: 7, modes: 29 },
    { name: "ideal", noise: {}, photons: 8, modes: 24 },
    { name: "ideal", noise: {}, photons: 9, modes: 20 },
    { name: "half lost", noise: half, photons: 7, modes: 25 },
    { name: "half lost", noise: half, photons: 8, modes: 20 },
    { name: "half lost", noise: half, photons: 9, modes: 17 },
    { name: "partial", noise: partial, photons: 8, modes: 20 },
    { name: "partial", noise: partial, photons: 9, modes: 17 },
    { name: "most lost", noise: most, photons: 8, modes: 20 },
    { name: "most lost", noise: most, photons: 9, modes: 17 },
    { name: "pairs", noise: pairs, photons: 7, modes: 14 },
  ];
}

/** Numbers of samples by which the time of an event is told. */
const [few, more] = [1_000, 21_000];

/**
 * All probabilities against events one by one, where both take the same time, and for 1.5 times fewer and more events:
 * where none of the three takes 1.5 times as long as the best, nothing in between does.
 */
async function samplings(): Promise<string[][]> {
  const rows: string[][] = [];
  for (const { name, noise, photons, modes } of sampled()) {
    const of = (maxSamples: number) =>
      job("sample_count", experiment(mesh(modes), { input: single(photons, modes), noise }), { maxSamples });
    const shortest = async (each: PhotonicJob) =>
      Math.min(await processorSecondsOf(each), await processorSecondsOf(each));
    forceDraws(false);
    const all = await shortest(of(few));
    forceDraws(true);
    const begun = await shortest(of(few));
    const event = ((await shortest(of(more))) - begun) / (more - few);
    forceDraws(undefined);
    const crossing = all / event;
    const ratios: string[] = [];
    for (const samples of [crossing / 1.5, crossing, 1.5 * crossing].map(Math.round)) {
      const drawn = begun + (samples - few) * event;
      ratios.push(((await shortest(of(samples))) / Math.min(all, drawn)).toFixed(2));
    }
    rows.push([
      `${name} n${photons} m${modes}`,
      format(all),
      format(event),
      crossing.toFixed(0),
      ratios.join(" "),
    ]);
  }
  return rows;
}
