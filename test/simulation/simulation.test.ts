import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Bench, openBench } from "./bench.ts";
import { withPlanted } from "./plant.ts";
import { plantedFaults } from "./planted-faults.ts";
import { runSeed } from "./run-seed.ts";

/** A few of the seeds; `npm run sim -- --seeds 10000` lives through many. */
const seeds = Array.from({ length: 8 }, (_, index) => index + 1);

/** Faults that one seed is enough for; `npm run sim -- --planted` looks for seeds that find the others, too. */
const quicklyFound = plantedFaults.flatMap((fault) =>
  fault.found === undefined ? [] : [{ fault, ...fault.found }],
);

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

  test.each(quicklyFound)(
    "would find a cloud in which it does not hold that $fault.rule",
    async ({ fault, seed, as }) => {
      const [first, again] = await withPlanted(bench, fault, async () => [
        await runSeed(bench, seed, 200, fault),
        await runSeed(bench, seed, 200, fault),
      ]);
      expect(first?.violations.join("\n")).toContain(as);
      expect(again?.traceHash).toBe(first?.traceHash);
    },
  );
});
