import { describe, expect, test } from "vitest";
import { logBinomial, logStates } from "./log-binomial.ts";

/** n choose k with all its digits. */
function binomial(n: bigint, k: bigint): bigint {
  let result = 1n;
  for (let i = 1n; i <= k; i++) result = (result * (n - k + i)) / i;
  return result;
}

function log10(large: bigint): number {
  const digits = large.toString();
  return digits.length - 1 + Math.log10(Number(`${digits[0]}.${digits.slice(1, 17)}`));
}

describe("numbers of states by their logarithm", () => {
  test("agree with exact arithmetic up to 2,000 choose 1,000", () => {
    for (const [n, k] of [
      [5, 2],
      [23, 8],
      [29, 10],
      [100, 37],
      [1023, 511],
      [1999, 1000],
    ] as const) {
      expect(logBinomial(n, k)).toBeCloseTo(log10(binomial(BigInt(n), BigInt(k))), 9);
    }
  });

  test("are those of the photon counts in the literature", () => {
    expect(10 ** logStates(16, 8)).toBeCloseTo(490_314, 3);
    expect(10 ** logStates(20, 10)).toBeCloseTo(20_030_010, 0);
  });

  test("are nothing outside the triangle", () => {
    expect(logBinomial(3, 4)).toBe(Number.NEGATIVE_INFINITY);
    expect(logBinomial(3, -1)).toBe(Number.NEGATIVE_INFINITY);
    expect(logStates(0, 1)).toBe(Number.NEGATIVE_INFINITY);
    expect(logStates(0, 0)).toBe(0);
  });

  test("stay accurate where factorials are not tabled", () => {
    expect(logBinomial(2_000_000, 2)).toBeCloseTo(Math.log10((2_000_000 * 1_999_999) / 2), 6);
  });
});
