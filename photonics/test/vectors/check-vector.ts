import type { RunResult } from "../../src/model/index.ts";
import { decodePayload } from "../../src/perceval/index.ts";
import { chiSquareTest } from "../../src/reference/chi-square.ts";
import { simulate } from "../../src/simulation/index.ts";
import type { Expected, Vector } from "./vector.ts";

/** How a vector fared. */
export interface Verdict {
  readonly check: "exact" | "sampled" | "stochastic";
  /** Largest difference of a probability or performance. */
  readonly deviation?: number;
  /** Least chi-square probability of all seeds and runs. */
  readonly pValue?: number;
  /** Absent when it passed. */
  readonly failure?: string;
}

const seeds = 20;
export const pValueMin = 1e-4;

/** Computes a vector's payload and compares. Errors are failures. */
export async function checkVector(vector: Vector): Promise<Verdict> {
  const { kind, stochastic } = vector.expected;
  const check = stochastic ? "stochastic" : kind === "exact_probs" ? "exact" : "sampled";
  try {
    if (check === "exact") return { check, ...(await compareExactly(vector)) };
    return { check, ...(await (check === "sampled" ? compareSamples(vector) : compareMean(vector))) };
  } catch (error) {
    return { check, failure: String(error) };
  }
}

async function compareExactly(vector: Vector) {
  const { runs } = await simulate(decodePayload(vector.request.payload));
  const wanted = vector.expected.results_list ?? [vector.expected];
  if (runs.length !== wanted.length) return { failure: `${runs.length} runs instead of ${wanted.length}` };
  return judge(Math.max(...runs.map((run, i) => deviationOf(run, wanted[i]!))), vector.tolerance);
}

/** The mean of many draws lies within a tolerance that allows for the reference's own spread. */
async function compareMean(vector: Vector) {
  const draws = 100;
  const mean = new Map<string, number>();
  for (let seed = 1; seed <= draws; seed++) {
    const { runs } = await simulate(decodePayload(vector.request.payload), { seed });
    for (const [state, value] of statesOf(runs[0]!)) mean.set(state, (mean.get(state) ?? 0) + value / draws);
  }
  return judge(largestDifference(mean, vector.expected.results), vector.tolerance);
}

async function compareSamples(vector: Vector) {
  const { payload } = vector.request;
  let pValue = 1;
  let deviation = 0;
  for (let seed = 1; seed <= seeds; seed++) {
    const { runs } = await simulate(decodePayload(payload), { seed });
    for (const [i, run] of runs.entries()) {
      const wanted = vector.expected.results_list?.[i] ?? vector.expected;
      const counts = statesOf(run);
      if (counts.size === 0 && Object.keys(wanted.results).length > 0) return { failure: "no samples" };
      pValue = Math.min(pValue, chiSquareTest(counts, new Map(Object.entries(wanted.results))));
      deviation = Math.max(deviation, performanceDeviation(run, wanted));
    }
  }
  const failure = pValue > pValueMin ? undefined : `chi-square p-value ${pValue.toExponential(1)}`;
  return { pValue, ...judge(deviation, vector.tolerance), ...(failure === undefined ? {} : { failure }) };
}

function judge(deviation: number, tolerance: number) {
  if (deviation <= tolerance) return { deviation };
  return { deviation, failure: `off by ${deviation.toExponential(1)}, allowed ${tolerance}` };
}

function deviationOf(run: RunResult, wanted: Expected): number {
  return Math.max(largestDifference(statesOf(run), wanted.results), performanceDeviation(run, wanted));
}

function largestDifference(
  got: ReadonlyMap<string, number>,
  wanted: Readonly<Record<string, number>>,
): number {
  const states = new Set([...got.keys(), ...Object.keys(wanted)]);
  return Math.max(0, ...[...states].map((state) => Math.abs((got.get(state) ?? 0) - (wanted[state] ?? 0))));
}

function performanceDeviation(run: RunResult, wanted: Expected): number {
  return Math.max(
    difference(run.globalPerf, wanted.global_perf),
    difference(run.physicalPerf, wanted.physical_perf),
    difference(run.logicalPerf, wanted.logical_perf),
  );
}

/** What the reference does not tell is not compared; what it tells must be there. */
function difference(got: number | undefined, wanted: number | undefined): number {
  if (wanted === undefined) return 0;
  return got === undefined ? Number.POSITIVE_INFINITY : Math.abs(got - wanted);
}

/** State text → value. */
export function statesOf({ results: { table } }: RunResult): Map<string, number> {
  const { modes, counts, values } = table;
  return new Map(
    Array.from(values, (value, row) => [
      `|${counts.subarray(row * modes, (row + 1) * modes).join(",")}>`,
      value,
    ]),
  );
}
