import { setTimeout as pause } from "node:timers/promises";
import { createTeam } from "@corbenic/photonics/kernels";
import { type Job, permanentOf, probabilities, sweepWithText, text } from "./photonics-jobs.ts";
import { format, median, print } from "./table.ts";

const seconds = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};
const threadSeconds = () => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1e6;
};

const jobs: Job[] = [
  permanentOf(24),
  permanentOf(26),
  probabilities(8, 16),
  probabilities(10, 20),
  text(8, 16),
  sweepWithText(6, 12, 1000, "bytes"),
];
const rounds = 7;

/** What two threads take of the time of one, on the clock; and the time itself. */
export interface TwoThreads {
  readonly ratio: number;
  readonly seconds: number;
}

/**
 * Two threads, on the clock, which other programs disturb, and by the processor time of the one that took more of it:
 * what the clock would show on two free cores.
 */
export async function measureTwoThreads(): Promise<ReadonlyMap<string, TwoThreads>> {
  const team = createTeam(1);
  const onClock = new Map<string, TwoThreads>();
  const table = [
    ["two threads", "one alone", "busier of two", "ratio", "clock: one", "two", "ratio", "best ratio"],
  ];
  for (const job of jobs) {
    const one = job.prepare("wasm");
    const two = job.prepare("wasm", team);
    const alone: number[] = [];
    const busier: number[] = [];
    const clock = [[], []] as [number[], number[]];
    const measured = async (run: () => void, which: 0 | 1) => {
      // Lets the helper come back to its messages.
      await pause(5);
      const repeats = Math.max(1, Math.min(4, job.repeats));
      const [both, leader, start] = [seconds(), threadSeconds(), performance.now()];
      for (let k = 0; k < repeats; k++) run();
      clock[which].push((performance.now() - start) / repeats / 1000);
      const mine = (threadSeconds() - leader) / repeats;
      return Math.max(mine, (seconds() - both) / repeats - mine);
    };
    one();
    two();
    for (let round = 0; round < rounds; round++) {
      alone.push(await measured(one, 0));
      busier.push(await measured(two, 1));
    }
    one.release?.();
    two.release?.();
    const ratio = median(clock[0]) / median(clock[1]);
    onClock.set(job.name, { ratio, seconds: median(clock[1]) });
    table.push([
      job.name,
      format(median(alone)),
      format(median(busier)),
      `${(median(alone) / median(busier)).toFixed(2)} x`,
      format(median(clock[0])),
      format(median(clock[1])),
      `${ratio.toFixed(2)} x`,
      `${(Math.min(...clock[0]) / Math.min(...clock[1])).toFixed(2)} x`,
    ]);
  }
  process.stdout.write("\n");
  print(table);
  await team.close();
  return onClock;
}
