import type { RunResults } from "@corbenic/sdk";
import { csvOf } from "../parts/csv.ts";
import { pairStates } from "./pair-states.ts";

/** A line for each state of either result, with its share in each. */
export function comparisonAsCsv(one: RunResults, other: RunResults): string {
  const pairs = pairStates(one.distribution, other.distribution, Number.POSITIVE_INFINITY);
  return csvOf([
    ["state", "the one", "the other"],
    ...pairs.map(({ state, first, second }) => [state, first, second]),
  ]);
}
