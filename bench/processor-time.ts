import { readdirSync, readFileSync } from "node:fs";

/** Clock ticks of a second, as Linux counts the time of processes. */
const ticksPerSecond = 100;

/** Milliseconds of processor time that a process and its living children have taken. */
export function processorMs(pid: number): number {
  let ticks = 0;
  for (const each of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    const fields = statOf(each);
    if (fields === undefined || (Number(each) !== pid && Number(fields[1]) !== pid)) continue;
    ticks += Number(fields[11]) + Number(fields[12]);
  }
  return (ticks / ticksPerSecond) * 1000;
}

/** The fields of /proc/…/stat after the name; undefined when the process is gone. */
function statOf(pid: string): string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    return text.slice(text.lastIndexOf(")") + 2).split(" ");
  } catch (error) {
    if (error instanceof Error && "code" in error && ["ENOENT", "ESRCH"].includes(String(error.code)))
      return undefined;
    throw error;
  }
}

/** Resident memory of a process in MiB. */
export function residentMb(pid: number): number {
  const line = readFileSync(`/proc/${pid}/status`, "utf8")
    .split("\n")
    .find((text) => text.startsWith("VmRSS:"));
  return Number.parseInt(line!.slice(6), 10) / 1024;
}
