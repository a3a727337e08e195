import { describe, expect, test } from "vitest";
import { DEFAULT_SPEED, perfsOfSpeed, speedFromPerfs } from "./index.ts";

describe("the speed that a platform announces", () => {
  test("is read as it was written, to three digits", () => {
    const fast = { ...DEFAULT_SPEED, secondsPerAmplitudeStep: 0.51234e-9, secondsPerDraw: 9e-9 };
    expect(perfsOfSpeed(fast)).toMatchObject({ "Amplitude step (ns)": 0.512, "Draw (ns)": 9 });
    const read = speedFromPerfs({ "HOM (%)": 92, ...perfsOfSpeed(fast) });
    expect(read.secondsPerAmplitudeStep).toBeCloseTo(0.512e-9, 15);
    expect(read.secondsPerDraw).toBeCloseTo(9e-9, 15);
    expect(read.secondsPerState).toBe(DEFAULT_SPEED.secondsPerState);
  });

  test.each([undefined, null, "1", Number.NaN, 0, -1, 1e-3, 1e3, Number.POSITIVE_INFINITY])(
    "is the default where it is %s",
    (value) => {
      expect(speedFromPerfs({ "Amplitude step (ns)": value })).toEqual(DEFAULT_SPEED);
    },
  );
});
