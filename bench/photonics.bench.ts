/**
 * What kernels take, for each kind of job: the median of rounds in which all jobs take turns, in processor time of this
 * process; against the same kernels in TypeScript, and against what this machine can do at most.
 */
import { cpus, totalmem } from "node:os";
import { measureMachine } from "@corbenic/photonics/kernels";
import {
  exact,
  firstProbabilities,
  type Job,
  permanentOf,
  probabilities,
  sampleCount,
  shots,
  sweep,
  sweepWithText,
  text,
} from "./photonics-jobs.ts";
import { measureTwoThreads } from "./photonics-threads.ts";
import { measureWholeJobs } from "./photonics-whole-jobs.ts";
import { format, median, print } from "./table.ts";

const seconds = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};
const lossy = { transmittance: 0.5, indistinguishability: 0.9 };
const pairs = { g2: 0.02, indistinguishability: 0.9 };
const dim = { transmittance: 0.1, indistinguishability: 0.9, g2: 0.02 };
const jobs: Job[] = [
  permanentOf(16),
  permanentOf(20),
  permanentOf(24),
  probabilities(6, 12),
  probabilities(8, 16),
  firstProbabilities(8, 16),
  probabilities(12, 12),
  probabilities(8, 24),
  probabilities(10, 20),
  probabilities(8, 16, 1),
  probabilities(10, 20, 1),
  sampleCount(8, 16, 1_000_000),
  shots(8, 16, 1000, {}),
  shots(12, 24, 1000, {}),
  shots(16, 32, 20, {}),
  shots(8, 16, 1_000_000, dim),
  exact(6, 12, lossy),
  exact(8, 16, lossy),
  exact(9, 9, pairs),
  sweep(6, 12, 1000),
  sweepWithText(6, 12, 1000, "bytes"),
  sweepWithText(6, 12, 1000, "string"),
  text(8, 16),
];

const machine = measureMachine(seconds);
const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;
process.stdout.write(
  `${cpus()[0]!.model}, ${cpus().length} cores, ${gigabytes(totalmem())}, Node ${process.version}\n` +
    `one thread: ${(machine.vectorOperationsPerSecond / 1e9).toFixed(2)}e9 vector operations (2 doubles) a second, ` +
    `${gigabytes(machine.streamedBytesPerSecond)} a second streamed\n\n`,
);

const rounds = 5;
const plainRounds = 1;
const compiled = jobs.map(() => [] as number[]);
const plain = jobs.map(() => [] as number[]);
for (let round = 0; round <= rounds; round++) {
  for (const [i, job] of jobs.entries()) {
    for (const [engine, times] of [["wasm", compiled[i]!] as const, ["plain", plain[i]!] as const]) {
      if (engine === "plain" && (round === 0 || round > plainRounds || job.plainToo === false)) continue;
      const run = job.prepare(engine);
      // What is prepared once is used several times: small jobs are measured together.
      const repeats = engine === "wasm" ? job.repeats : Math.ceil(job.repeats / 4);
      if (job.warm) run();
      const start = seconds();
      for (let k = 0; k < repeats; k++) run();
      // The first round warms up.
      if (round > 0) times.push((seconds() - start) / repeats);
      run.release?.();
    }
  }
}
const columns = ["job", "time", "spread", "memory", "plain TypeScript takes", "of the bound"];
const lines = jobs.map((job, i) => {
  const time = median(compiled[i]!);
  const spread = (Math.max(...compiled[i]!) - Math.min(...compiled[i]!)) / time;
  const bound =
    job.operations === undefined
      ? ""
      : `${((100 * job.operations) / machine.vectorOperationsPerSecond / time).toFixed(0)} %`;
  return [
    job.name,
    format(time),
    `${(50 * spread).toFixed(0)} %`,
    job.bytes === undefined
      ? ""
      : `${(job.bytes / 2 ** 20).toFixed(1)} MiB${job.states === undefined ? "" : `, ${(job.bytes / job.states).toFixed(2)} B/state`}`,
    plain[i]!.length === 0 ? "" : `${(median(plain[i]!) / time).toFixed(1)} x`,
    bound,
  ];
});
print([columns, ...lines]);
const twoThreads = await measureTwoThreads();
await measureWholeJobs();

/** What is aimed at, with what was measured above. */
const timeOf = (name: string) => median(compiled[jobs.findIndex((job) => job.name === name)]!);
const bytesOf = ({ bytes, states }: Job) => bytes! / states!;
const ofBound = ({ name, operations }: Job) =>
  `${((100 * operations!) / machine.vectorOperationsPerSecond / timeOf(name)).toFixed(0)} %`;
const onClock = (job: Job) => `${twoThreads.get(job.name)!.ratio.toFixed(2)} x`;
const swept = sweepWithText(6, 12, 1000, "bytes").name;
process.stdout.write("\n");
print([
  ["aim", "wanted", "measured"],
  ["bytes per state, probabilities (10,20)", "at most 14", bytesOf(probabilities(10, 20)).toFixed(2)],
  ["a million noisy shots (8,16)", "at most 100 ms", format(timeOf(shots(8, 16, 1_000_000, dim).name))],
  ["noisy probabilities (9,9)", "at most 1 s", format(timeOf(exact(9, 9, pairs).name))],
  [
    "no-collision (10,20) against all",
    "at least 20 x",
    `${(timeOf(probabilities(10, 20).name) / timeOf(probabilities(10, 20, 1).name)).toFixed(1)} x`,
  ],
  ["1000 circuits (6,12) as numbers, one thread", "at most 300 ms", format(timeOf(sweep(6, 12, 1000).name))],
  ["1000 circuits (6,12) as text, one thread", "at most 300 ms", format(timeOf(swept))],
  [
    "1000 circuits (6,12) as text, two threads, clock",
    "at most 300 ms",
    format(twoThreads.get(swept)!.seconds),
  ],
  ["two threads, permanent n=24, clock", "at least 1.7 x", onClock(permanentOf(24))],
  ["two threads, permanent n=26, clock", "at least 1.7 x", onClock(permanentOf(26))],
  ["two threads, probabilities (10,20), clock", "at least 1.4 x", onClock(probabilities(10, 20))],
  ["of the flop bound, probabilities (8,16)", "50 %", ofBound(probabilities(8, 16))],
  ["of the flop bound, probabilities (10,20)", "50 %", ofBound(probabilities(10, 20))],
]);
