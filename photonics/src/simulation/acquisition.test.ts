import { describe, expect, test } from "vitest";
import { experimentOf, jobOf, on, splitter } from "../../test/physics/experiment.ts";
import { statesOf } from "../../test/vectors/check-vector.ts";
import { noNoise, type PhotonicJob, parsePostSelection, type RunResult } from "../model/index.ts";
import { encodeResult } from "../perceval/index.ts";
import { chiSquareTest } from "../reference/chi-square.ts";
import { simulate } from "./index.ts";
import { createRandom } from "./random.ts";
import { createSampler, trialsUntilSuccess } from "./sampling.ts";

const lossy = { ...noNoise, transmittance: 0.5, indistinguishability: 0.9 };
const hongOuMandel = experimentOf(2, [on(0, splitter())], [1, 1], { noise: lossy });

async function acquired(more: Partial<PhotonicJob>, seed = 1, experiment = hongOuMandel): Promise<RunResult> {
  const { runs } = await simulate(jobOf(experiment, { command: "sample_count", ...more }), { seed });
  return runs[0]!;
}

function totalOf(run: RunResult): number {
  return run.results.table.values.reduce((sum, count) => sum + count, 0);
}

describe("an acquisition", () => {
  test("stops at max_samples when shots are left", async () => {
    expect(totalOf(await acquired({ maxSamples: 500, maxShots: 1_000_000 }))).toBe(500);
    expect(totalOf(await acquired({ maxSamples: 500 }))).toBe(500);
  });

  test("keeps every shot when nothing is selected, and the dark event is no shot", async () => {
    const run = await acquired({ maxShots: 800 });
    expect(totalOf(run)).toBe(800);
    expect([...statesOf(run).keys()]).not.toContain("|0,0>");
  });

  test("stops at max_shots when samples are left: as many are kept as the selection lets", async () => {
    // Of the shots, 3 in 4 of all pairs, those with both photons are 1 in 3.
    const both = { ...hongOuMandel, minDetectedPhotons: 2 };
    let kept = 0;
    for (let seed = 1; seed <= 50; seed++)
      kept += totalOf(await acquired({ maxShots: 600, maxSamples: 1_000_000 }, seed, both));
    const spread = Math.sqrt((50 * 600 * 2) / 9);
    expect(Math.abs(kept - 50 * 200)).toBeLessThan(4 * spread);
  });

  test("of nothing that could be kept ends at once", async () => {
    const never = { ...hongOuMandel, postSelection: parsePostSelection("[0]>3")! };
    expect(totalOf(await acquired({ maxSamples: 10 }, 1, never))).toBe(0);
    expect(totalOf(await acquired({ maxShots: 0 }))).toBe(0);
    expect(totalOf(await acquired({ maxSamples: 0 }))).toBe(0);
  });

  test("in order gives the counts that it gives without", async () => {
    const samples = await acquired({ command: "samples", maxSamples: 300 });
    const counts = await acquired({ maxSamples: 300 });
    expect(samples.results.table).toEqual(counts.results.table);
    expect(samples.results.kind === "samples" && samples.results.order.length).toBe(300);
  });
});

describe("the seed", () => {
  const job = jobOf(hongOuMandel, { command: "samples", maxSamples: 200 });

  test("of a job gives the same bytes each time, and others with another", async () => {
    const bytes = async (seed: number) => encodeResult(await simulate({ ...job, seed }), job);
    const [first, again, other] = [await bytes(7), await bytes(7), await bytes(8)];
    expect(again).toBe(first);
    expect(other).not.toBe(first);
    expect(JSON.parse(first)).toMatchObject({ seed: 7 });
  });

  test("that is drawn is told, and gives the same again", async () => {
    const drawn = await simulate(job);
    expect(await simulate({ ...job, seed: drawn.seed })).toEqual(drawn);
  });

  test("gives the same bytes to jobs that run at the same time", async () => {
    const iterations = [1, 2, 3].map(() => ({ circuitParameters: new Map(), sent: {} }));
    const iterated = { ...job, iterations, seed: 5 };
    const alone = encodeResult(await simulate(iterated), iterated);
    const together = await Promise.all([1, 2, 3].map(() => simulate(iterated)));
    for (const result of together) expect(encodeResult(result, iterated)).toBe(alone);
  });

  test("of a step does not depend on the steps before it", async () => {
    const step = (phase: number) => ({ circuitParameters: new Map([["x", phase]]), sent: {} });
    const two = await simulate({ ...job, iterations: [step(0), step(1)], seed: 5 });
    const other = await simulate({ ...job, iterations: [step(3), step(1)], seed: 5 });
    expect(two.runs[1]).toEqual(other.runs[1]);
  });
});

describe("drawing", () => {
  test("follows the weights", () => {
    const weights = Float64Array.of(5, 1, 0, 3, 0.01, 7);
    const draw = createSampler(weights, createRandom(3));
    const counts = new Map<string, number>();
    for (let i = 0; i < 200_000; i++) {
      const index = `${draw()}`;
      counts.set(index, (counts.get(index) ?? 0) + 1);
    }
    const distribution = new Map([...weights.entries()].map(([index, weight]) => [`${index}`, weight]));
    expect(chiSquareTest(counts, distribution)).toBeGreaterThan(1e-4);
  });

  test("trials until one succeeds follows the geometric distribution", () => {
    const random = createRandom(4);
    const success = 0.3;
    const counts = new Map<string, number>();
    for (let i = 0; i < 50_000; i++) {
      const trials = `${Math.min(20, trialsUntilSuccess(success, random))}`;
      counts.set(trials, (counts.get(trials) ?? 0) + 1);
    }
    const distribution = new Map(
      Array.from({ length: 20 }, (_, i) => [
        `${i + 1}`,
        i === 19 ? (1 - success) ** 19 : success * (1 - success) ** i,
      ]),
    );
    expect(chiSquareTest(counts, distribution)).toBeGreaterThan(1e-4);
    expect(trialsUntilSuccess(1, random)).toBe(1);
    expect(trialsUntilSuccess(0, random)).toBe(Number.POSITIVE_INFINITY);
  });
});
