import type { RunResults } from "@corbenic/sdk";
import { csvOf } from "../parts/csv.ts";

/** A line for each state of each iteration, with the states as they are written. */
export function resultsAsCsv(runs: readonly RunResults[]): string {
  const many = runs.length > 1;
  return csvOf([
    [...(many ? ["iteration"] : []), "state", runs[0]!.kind === "distribution" ? "probability" : "count"],
    ...runs.flatMap((run, i) =>
      [...run.distribution].map(([state, value]) => [...(many ? [i + 1] : []), state, value]),
    ),
  ]);
}
