/**
 * What kernels take, for each kind of job: the median of rounds in which all jobs take turns, in processor time of this
 * process; against the same kernels in TypeScript, and against what this machine can do at most.
 */
import { cpus, totalmem } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import { createTeam, measureMachine } from "@corbenic/photonics/kernels";
import {
  exact,
  firstProbabilities,
  type Job,
  permanentOf,
  probabilities,
  sampleCount,
  shots,
  sweep,
} from "./photonics-jobs.ts";

const seconds = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};
const threadSeconds = () => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1e6;
};
const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]!;

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
];

const machine = measureMachine(seconds);
const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;
process.stdout.write(
  `${cpus()[0]!.model}, ${cpus().length} cores, ${gigabytes(totalmem())}, Node ${process.version}\n` +
    `one thread: ${(machine.vectorOperationsPerSecond / 1e9).toFixed(2)}e9 vector operations (2 doubles) a second, ` +
    `${gigabytes(machine.streamedBytesPerSecond)} a second streamed\n\n`,
);

const rounds = 7;
const plainRounds = 3;
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
await printTeam();

/**
 * Two threads, on the clock, which other programs disturb, and by the processor time of the one that took more of it:
 * what the clock would show on two free cores.
 */
async function printTeam(): Promise<void> {
  const team = createTeam(1);
  const table = [["two threads", "one alone", "busier of two", "ratio", "on the clock"]];
  for (const job of [permanentOf(24), permanentOf(26), probabilities(8, 16), probabilities(10, 20)]) {
    const one = job.prepare("wasm");
    const two = job.prepare("wasm", team);
    const alone: number[] = [];
    const busier: number[] = [];
    const clock = [[], []] as [number[], number[]];
    const measured = async (run: () => void, which: 0 | 1) => {
      // Lets the helper come back to its messages.
      await pause(5);
      const [both, leader, start] = [seconds(), threadSeconds(), performance.now()];
      for (let k = 0; k < 4; k++) run();
      clock[which].push((performance.now() - start) / 4000);
      const mine = (threadSeconds() - leader) / 4;
      return Math.max(mine, (seconds() - both) / 4 - mine);
    };
    for (let round = 0; round < 6; round++) {
      alone.push(await measured(one, 0));
      busier.push(await measured(two, 1));
    }
    one.release?.();
    two.release?.();
    const [first, second] = [median(alone), median(busier)];
    const ratio = `${(median(clock[0]) / median(clock[1])).toFixed(2)} x`;
    table.push([job.name, format(first), format(second), `${(first / second).toFixed(2)} x`, ratio]);
  }
  process.stdout.write("\n");
  print(table);
  await team.close();
}

function format(time: number): string {
  if (time >= 1) return `${time.toFixed(2)} s`;
  return time >= 1e-3 ? `${(time * 1e3).toFixed(2)} ms` : `${(time * 1e6).toFixed(2)} us`;
}

function print(table: readonly (readonly string[])[]): void {
  const widths = table[0]!.map((_, column) => Math.max(...table.map((row) => row[column]!.length)));
  for (const row of table)
    process.stdout.write(
      `${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]! + 2))).join("")}\n`,
    );
}
