import { describe, expect, test } from "vitest";
import { createRandom } from "../simulation/random.ts";
import { chiSquareSurvival, chiSquareTest, logGamma } from "./chi-square.ts";

describe("the chi-square distribution", () => {
  test.each([
    // One degree: erfc(√(x/2)). Two degrees: e^(−x/2). Others from printed tables.
    [3.841458820694124, 1, 0.05],
    [6.634896601021213, 1, 0.01],
    [2, 2, Math.exp(-1)],
    [40, 2, Math.exp(-20)],
    [18.30703805327515, 10, 0.05],
    [29.58829844507442, 10, 0.001],
    [124.3421134, 100, 0.05],
  ])("exceeds %d at %d degrees of freedom with its known probability", (value, freedom, probability) => {
    expect(chiSquareSurvival(value, freedom) / probability).toBeCloseTo(1, 8);
  });

  test("follows the recurrence Q(a+1, x) = Q(a, x) + xᵃ·e⁻ˣ/Γ(a+1) on both sides of its mean", () => {
    for (const a of [0.5, 1, 3.5, 20, 150]) {
      for (const x of [0.01, 0.9 * a, a + 0.5, 1.5 * a, 4 * a + 2]) {
        const step = Math.exp(a * Math.log(x) - x - logGamma(a + 1));
        expect(chiSquareSurvival(2 * x, 2 * (a + 1))).toBeCloseTo(chiSquareSurvival(2 * x, 2 * a) + step, 11);
      }
    }
  });

  test("has the gamma function of factorials and of one half", () => {
    let factorial = 1;
    for (let n = 1; n < 20; n++) {
      expect(logGamma(n)).toBeCloseTo(Math.log(factorial), 11);
      factorial *= n;
    }
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 11);
  });
});

describe("the chi-square test", () => {
  const fair = new Map([..."abcd"].map((outcome) => [outcome, 0.25]));

  test("finds nothing in counts that are as expected", () => {
    expect(chiSquareTest(new Map([..."abcd"].map((outcome) => [outcome, 100])), fair)).toBe(1);
  });

  test("rejects counts of another distribution", () => {
    const counts = new Map([..."abcd"].map((outcome, i) => [outcome, 100 + 30 * i]));
    expect(chiSquareTest(counts, fair)).toBeLessThan(1e-3);
  });

  test("rejects an outcome that cannot be", () => {
    expect(chiSquareTest(new Map([["e", 1]]), fair)).toBe(0);
  });

  test("pools rare outcomes, so that one of them alone is no surprise", () => {
    const rare = new Map([
      ["common", 0.999],
      ...Array.from({ length: 100 }, (_, i) => [`${i}`, 1e-5] as const),
    ]);
    const counts = new Map([
      ["common", 999],
      ["7", 1],
    ]);
    expect(chiSquareTest(counts, rare)).toBeGreaterThan(0.5);
  });

  test("gives every probability equally often when the distribution is the true one", () => {
    const random = createRandom(7);
    const deciles = new Map<string, number>();
    for (let round = 0; round < 2000; round++) {
      const counts = new Map<string, number>();
      for (let draw = 0; draw < 400; draw++) {
        const outcome = "abcd"[Math.floor(4 * random.next())]!;
        counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
      }
      const decile = `${Math.min(9, Math.floor(10 * chiSquareTest(counts, fair)))}`;
      deciles.set(decile, (deciles.get(decile) ?? 0) + 1);
    }
    const uniform = new Map(Array.from({ length: 10 }, (_, i) => [`${i}`, 0.1]));
    expect(chiSquareTest(deciles, uniform)).toBeGreaterThan(1e-3);
  });
});
