/** From the command to the first result, on empty data and on data that is there, and the memory it takes. */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const start = resolve(import.meta.dirname, "../scripts/start.mjs");
const rounds = 5;

interface Measured {
  readonly resultS: number;
  readonly residentMb: number | undefined;
  readonly peakMb: number | undefined;
}

/** Starts a cloud and stops it when it says that it is ready. */
async function measure(dataDirectory: string): Promise<Measured> {
  const begun = performance.now();
  const child = spawn(process.execPath, [start, "--json", "--port", "0", "--data-dir", dataDirectory], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  await new Promise<void>((ready, reject) => {
    child.stdout.once("data", () => ready());
    child.once("exit", (code) => reject(new Error(`the cloud ended with ${code} before it was ready`)));
  });
  const resultS = (performance.now() - begun) / 1000;
  const memory = { residentMb: memoryOf(child.pid!, "VmRSS"), peakMb: memoryOf(child.pid!, "VmHWM") };
  child.removeAllListeners("exit");
  const ended = new Promise((exit) => child.once("exit", exit));
  child.kill("SIGTERM");
  await ended;
  return { resultS, ...memory };
}

/** Where the system tells it (Linux). */
function memoryOf(pid: number, field: string): number | undefined {
  if (process.platform !== "linux") return undefined;
  const line = readFileSync(`/proc/${pid}/status`, "utf8")
    .split("\n")
    .find((text) => text.startsWith(`${field}:`));
  return line === undefined ? undefined : Number.parseInt(line.slice(field.length + 1), 10) / 1024;
}

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
const parent = mkdtempSync(join(tmpdir(), "corbenic-bench-"));
const cold: Measured[] = [];
const warm: Measured[] = [];
for (let round = 0; round < rounds; round++) {
  const directory = join(parent, String(round));
  cold.push(await measure(directory));
  warm.push(await measure(directory));
}
rmSync(parent, { recursive: true });

const row = (name: string, runs: readonly Measured[]) => {
  const megabytes = (field: "residentMb" | "peakMb") =>
    median(runs.map((run) => run[field] ?? Number.NaN)).toFixed(0);
  const seconds = runs.map(({ resultS }) => resultS);
  return [
    name,
    median(seconds).toFixed(2),
    Math.min(...seconds).toFixed(2),
    megabytes("residentMb"),
    megabytes("peakMb"),
  ];
};
console.log(`Node ${process.version}, ${process.arch}, median of ${rounds}`);
for (const cells of [
  ["start", "s", "best s", "MB", "peak MB"],
  row("empty data", cold),
  row("data there", warm),
]) {
  console.log(cells.map((cell, i) => (i === 0 ? cell.padEnd(12) : cell.padStart(9))).join(""));
}
const ratio = median(cold.map(({ resultS }) => resultS)) / median(warm.map(({ resultS }) => resultS));
console.log(`a first start takes ${ratio.toFixed(1)} times as long as a later one`);
