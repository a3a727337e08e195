import { expect, test } from "vitest";
import { formatBytes, formatMagnitude, magnitude, quantity, sum, ZERO } from "./magnitude.ts";

test("quantities are added by their logarithms", () => {
  expect(sum(magnitude(3), magnitude(4), ZERO)).toBeCloseTo(magnitude(7), 12);
  expect(sum(600, 600)).toBeCloseTo(600 + Math.log10(2), 12);
  expect(sum()).toBe(ZERO);
});

test("whole numbers come back whole", () => {
  expect(quantity(magnitude(12_376))).toBe(12_376);
  expect(quantity(700)).toBe(Number.POSITIVE_INFINITY);
});

test("quantities are written for people", () => {
  expect(formatMagnitude(ZERO)).toBe("0");
  expect(formatMagnitude(magnitude(12_376))).toBe("12376");
  expect(formatMagnitude(magnitude(0.0123))).toBe("0.0123");
  expect(formatMagnitude(magnitude(20_030_010))).toBe("2.0e7");
  expect(formatMagnitude(magnitude(9.99e7))).toBe("1.0e8");
  expect(formatMagnitude(600.31)).toBe("2.0e600");
});

test("bytes are written in the unit that fits", () => {
  expect(formatBytes(magnitude(512))).toBe("512 B");
  expect(formatBytes(magnitude(32 * 2 ** 20))).toBe("32 MiB");
  expect(formatBytes(600)).toMatch(/e\d+ TiB$/);
});
