import { describe, expect, test } from "vitest";
import { DEFAULT_SPEED, estimateJob } from "../cost/index.ts";
import { circuit, experiment, job } from "../model/index.ts";
import { measureSpeed } from "./measured-speed.ts";

/** A clock that goes on by so much each time it is looked at. */
function clock(step: number): () => number {
  let now = 0;
  return () => {
    now += step;
    return now;
  };
}

describe("the speed of a machine", () => {
  test("is in proportion to what its clock shows", () => {
    const fast = measureSpeed(clock(1e-3));
    const slow = measureSpeed(clock(2e-3));
    for (const key of [
      "secondsPerAmplitudeStep",
      "secondsPerResultByte",
      "secondsPerDraw",
      "secondsPerSampleStep",
    ] as const) {
      expect(fast[key]).toBeGreaterThan(0);
      expect(slow[key] / fast[key]).toBeCloseTo(2, 9);
    }
    expect(fast.statesMax).toBe(DEFAULT_SPEED.statesMax);
  });

  test("makes estimates of time, and of nothing else", () => {
    const state = Array.from({ length: 12 }, (_, mode) => (mode < 6 ? 1 : 0));
    const of = job("probs", experiment(circuit(12), { input: state }));
    const [fast, slow] = [1e-6, 1].map((step) => estimateJob(of, measureSpeed(clock(step))));
    expect(slow!.seconds).toBeGreaterThan(fast!.seconds);
    expect({ ...slow!, seconds: 0 }).toEqual({ ...fast!, seconds: 0 });
  });

  test("counts the shortest of several rounds", () => {
    let looks = 0;
    let now = 0;
    // Somebody disturbs the first two looks of each five rounds.
    const disturbed = () => {
      now += looks++ % 10 < 4 ? 1 : 2 ** -10;
      return now;
    };
    expect(measureSpeed(disturbed)).toEqual(measureSpeed(clock(2 ** -10)));
  });
});
