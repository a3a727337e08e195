import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { RunResult } from "../model/index.ts";
import { decodePayload } from "../perceval/index.ts";
import { simulate } from "./index.ts";

interface Expected {
  readonly results: Readonly<Record<string, number>>;
  readonly physical_perf?: number;
  readonly logical_perf?: number;
  readonly global_perf?: number;
}

interface Vector {
  readonly name: string;
  readonly request: { readonly payload: object };
  readonly expected: Expected & {
    readonly kind: string;
    readonly stochastic?: boolean;
    readonly results_list?: readonly Expected[];
  };
  readonly tolerance: number;
}

const folder = join(import.meta.dirname, "../../fixtures/vectors");

function vectorsOf(version: string): Vector[] {
  return readdirSync(join(folder, version)).map((file) =>
    JSON.parse(readFileSync(join(folder, version, file), "utf8")),
  );
}

/** State text → value. */
function statesOf({ results: { table } }: RunResult): Map<string, number> {
  const { modes, counts, values } = table;
  return new Map(
    Array.from(values, (value, row) => [
      `|${counts.subarray(row * modes, (row + 1) * modes).join(",")}>`,
      value,
    ]),
  );
}

function expectRun(run: RunResult, wanted: Expected, tolerance: number): void {
  const got = statesOf(run);
  const states = new Set([...got.keys(), ...Object.keys(wanted.results)]);
  const worst = Math.max(
    0,
    ...[...states].map((state) => Math.abs((got.get(state) ?? 0) - (wanted.results[state] ?? 0))),
  );
  expect(worst).toBeLessThan(tolerance);
  for (const [ours, theirs] of [
    ["physicalPerf", "physical_perf"],
    ["logicalPerf", "logical_perf"],
    ["globalPerf", "global_perf"],
  ] as const) {
    const value = wanted[theirs];
    if (value !== undefined) expect(Math.abs(run[ours]! - value)).toBeLessThan(tolerance);
  }
}

for (const version of readdirSync(folder)) {
  describe(`what Perceval ${version} posts`, () => {
    for (const { name, request, expected, tolerance } of vectorsOf(version)) {
      if (expected.kind === "exact_probs" && !expected.stochastic) {
        test(`${name}: probabilities and performances`, async () => {
          const { runs } = await simulate(decodePayload(request.payload));
          const wanted = expected.results_list ?? [expected];
          expect(runs.length).toBe(wanted.length);
          for (const [i, run] of runs.entries()) expectRun(run, wanted[i]!, tolerance);
        });
      } else if (expected.stochastic) {
        test(`${name}: draws from its seed, and another from another`, async () => {
          const job = decodePayload(request.payload);
          const [first, again, other] = await Promise.all([1, 1, 2].map((seed) => simulate(job, { seed })));
          expect(again).toEqual(first);
          expect(other?.runs).not.toEqual(first?.runs);
        });
      } else {
        test(`${name}: samples follow the distribution`, async () => {
          const job = decodePayload(request.payload);
          for (let seed = 1; seed <= 20; seed++) {
            const { runs } = await simulate(job, { seed });
            for (const [i, run] of runs.entries()) {
              const wanted = expected.results_list?.[i] ?? expected;
              expect(chiSquareScore(statesOf(run), wanted.results, run.results.kind)).toBeLessThan(3.72);
            }
          }
        });
      }
    }
  });
}

/**
 * How many standard deviations the counts are from the distribution: chi-square by the cube-root approximation of
 * E. B. Wilson and M. M. Hilferty (1931), cells below five expected counts pooled. 3.72 is p = 1e-4.
 */
function chiSquareScore(
  counts: ReadonlyMap<string, number>,
  distribution: Readonly<Record<string, number>>,
  kind: string,
): number {
  expect(["counts", "samples", "distribution"]).toContain(kind);
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const expectedTotal = Object.values(distribution).reduce((sum, p) => sum + p, 0);
  let cells = 0;
  let chiSquare = 0;
  let [pooledCount, pooledExpected] = [0, 0];
  for (const state of new Set([...counts.keys(), ...Object.keys(distribution)])) {
    const expectedCount = (total * (distribution[state] ?? 0)) / expectedTotal;
    const count = counts.get(state) ?? 0;
    if (expectedCount < 5) {
      pooledCount += count;
      pooledExpected += expectedCount;
      continue;
    }
    cells += 1;
    chiSquare += (count - expectedCount) ** 2 / expectedCount;
  }
  if (pooledExpected > 0) {
    cells += 1;
    chiSquare += (pooledCount - pooledExpected) ** 2 / pooledExpected;
  }
  if (cells < 2) return 0;
  const freedom = cells - 1;
  const spread = 2 / (9 * freedom);
  return (Math.cbrt(chiSquare / freedom) - (1 - spread)) / Math.sqrt(spread);
}
