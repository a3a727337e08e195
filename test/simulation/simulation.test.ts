import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Bench, openBench } from "./bench.ts";
import { runSeed } from "./run-seed.ts";

/** A few of the seeds; `npm run sim -- --seeds 10000` lives through many. */
const seeds = Array.from({ length: 8 }, (_, index) => index + 1);

describe("the cloud in virtual time", () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await openBench();
  });
  afterAll(() => bench.close());

  test.each(seeds)("keeps its promises through the faults of seed %i", async (seed) => {
    const { violations, steps } = await runSeed(bench, seed, 200);
    expect(violations).toEqual([]);
    expect(steps).toBeGreaterThanOrEqual(200);
  });

  test("lives through a seed as it did before", async () => {
    const first = await runSeed(bench, 1, 200);
    const again = await runSeed(bench, 1, 200);
    const other = await runSeed(bench, 2, 200);
    expect(again.traceHash).toBe(first.traceHash);
    expect(other.traceHash).not.toBe(first.traceHash);
  });
});
