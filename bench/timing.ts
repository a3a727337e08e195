/** Milliseconds that some work took, again and again. */
export interface Timing {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

export function timingOf(durationsMs: readonly number[]): Timing {
  const sorted = durationsMs.toSorted((a, b) => a - b);
  const at = (part: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99), max: at(1) };
}

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

export async function timeEach(rounds: number, work: (round: number) => Promise<unknown>): Promise<Timing> {
  const durations: number[] = [];
  for (let round = 0; round < rounds; round++) durations.push(await timed(() => work(round)));
  return timingOf(durations);
}

/** A line of a table: what was timed, and p50, p99 and the longest, in ms. */
export function printTiming(name: string, { p50, p99, max }: Timing, note = ""): void {
  const cells = [p50, p99, max].map((ms) => ms.toFixed(2).padStart(10)).join("");
  console.log(`${name.padEnd(44)}${cells}${note === "" ? "" : `   ${note}`}`);
}
