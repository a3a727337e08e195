import { describe, expect, test } from "vitest";
import { experimentOf, jobOf, matrix, on } from "../../test/physics/experiment.ts";
import { noNoise, type PhotonicJob } from "../model/index.ts";
import { randomUnitary } from "../reference/random-unitary.ts";
import { type SimulateOptions, StoppedJobError, simulate } from "./index.ts";
import { createRandom } from "./random.ts";

function haarJob(
  modes: number,
  photons: number,
  more: Partial<PhotonicJob> = {},
  noise = noNoise,
): PhotonicJob {
  const state = Array.from({ length: modes }, (_, mode) => (mode < photons ? 1 : 0));
  return jobOf(
    experimentOf(modes, [on(0, matrix(randomUnitary(modes, createRandom(1))))], state, { noise }),
    more,
  );
}

const steps = (count: number) =>
  Array.from({ length: count }, () => ({ circuitParameters: new Map<string, number>(), sent: {} }));

/** Stops a job when it has asked so often whether it should. */
function stoppingAfter(asked: number): { options: SimulateOptions; count: () => number } {
  let count = 0;
  return {
    options: {
      signal: {
        get aborted() {
          return ++count > asked;
        },
      },
    },
    count: () => count,
  };
}

const noisy = { ...noNoise, indistinguishability: 0.9, transmittance: 0.8, g2: 0.05 };

describe("progress", () => {
  test.each([
    ["a noisy distribution", haarJob(5, 4, {}, noisy)],
    ["samples", haarJob(4, 3, { command: "samples", maxSamples: 50_000 })],
    ["an iterator", haarJob(4, 3, { iterations: steps(5) }, noisy)],
  ])("of %s never falls, names its phase and ends at one", async (_, job) => {
    const told: { fraction: number; phase: string }[] = [];
    await simulate(job, { onProgress: (fraction, phase) => told.push({ fraction, phase }) });
    const fractions = told.map(({ fraction }) => fraction);
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
    expect(fractions.at(-1)).toBe(1);
    expect(told.every(({ phase }) => ["interference", "sampling", "simulation"].includes(phase))).toBe(true);
    expect(new Set(fractions).size).toBeGreaterThan(3);
  });

  test("is told a thousand times at most for each phase", async () => {
    let told = 0;
    await simulate(haarJob(3, 2, { command: "sample_count", maxSamples: 10_000_000 }), {
      onProgress: () => told++,
    });
    expect(told).toBeLessThan(2_100);
  });
});

describe("stopping", () => {
  test.each([
    ["strong simulation", haarJob(16, 7)],
    ["noise", haarJob(6, 5, {}, noisy)],
    ["sampling", haarJob(3, 2, { command: "sample_count", maxSamples: 1e12 })],
  ])("ends %s the next time that it asks", async (_, job) => {
    const { options, count } = stoppingAfter(4);
    await expect(simulate(job, options)).rejects.toBeInstanceOf(StoppedJobError);
    expect(count()).toBe(5);
  });

  test("keeps the iterations that were finished", async () => {
    const job = haarJob(4, 3, { iterations: steps(4) });
    const whole = await simulate(job, { seed: 2 });
    let finished = 0;
    const error = await simulate(job, {
      seed: 2,
      signal: {
        get aborted() {
          return finished >= 2;
        },
      },
      onProgress: (fraction) => {
        finished = Math.floor(fraction * 4 + 1e-9);
      },
    }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(StoppedJobError);
    const { partial } = error as StoppedJobError;
    expect(partial.runs.length).toBeGreaterThanOrEqual(2);
    expect(partial.runs.length).toBeLessThan(4);
    expect(partial).toEqual({ ...whole, runs: whole.runs.slice(0, partial.runs.length) });
  });
});
