import type { JobResults, RunResults } from "@corbenic/sdk";
import { histogram } from "../print/histogram.ts";
import { harmless } from "../print/table.ts";

/** The results of a job as people read them: a histogram of each run, and its performances. */
export function showResults({ runs }: JobResults, most: number): string {
  return runs.map((run, at) => showRun(run, most, runs.length > 1 ? at : undefined)).join("\n\n");
}

function showRun(run: RunResults, most: number, at: number | undefined): string {
  const { distribution, physicalPerf, logicalPerf, globalPerf } = run;
  const total = run.kind === "distribution" ? 1 : distribution.total;
  const shares = new Map([...distribution].map(([state, value]) => [state, total === 0 ? 0 : value / total]));
  const performances = [
    ["physical", physicalPerf],
    ["logical", logicalPerf],
    ["global", globalPerf],
  ].flatMap(([name, value]) => (typeof value === "number" ? [`${name} ${value.toPrecision(4)}`] : []));
  return [
    ...(at === undefined ? [] : [`Iteration ${at + 1}: ${harmless(JSON.stringify(run.iteration ?? {}))}`]),
    shares.size === 0 ? "  Nothing was kept: no event met what was asked for." : histogram(shares, most),
    ...(run.kind === "distribution" ? [] : [`  ${distribution.total} samples`]),
    ...(performances.length === 0 ? [] : [`  performance: ${performances.join(", ")}`]),
  ].join("\n");
}
