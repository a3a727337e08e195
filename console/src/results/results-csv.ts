import type { RunResults } from "@corbenic/sdk";
import { csvOf } from "../parts/csv.ts";
import { sweepsOf } from "./sweep.ts";

/**
 * A line for each state, with the states as they are written. Of iterations, each line begins with the iteration's
 * number and with the parameters that vary.
 */
export function resultsAsCsv(runs: readonly RunResults[]): string {
  const parameters = sweepsOf(runs).slice(0, -1);
  const isMany = runs.length > 1;
  const beginning = (i: number) => (isMany ? [i + 1, ...parameters.map(({ values }) => values[i]!)] : []);
  return csvOf([
    [
      ...(isMany ? ["iteration", ...parameters.map(({ name }) => name)] : []),
      "state",
      runs[0]!.kind === "distribution" ? "probability" : "count",
    ],
    ...runs.flatMap((run, i) =>
      [...run.distribution].map(([state, value]) => [...beginning(i), state, value]),
    ),
  ]);
}
