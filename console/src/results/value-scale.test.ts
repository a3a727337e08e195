import { expect, test } from "vitest";
import { valueAxis } from "./value-scale.ts";

test("a linear axis of bars begins at nothing and ends with the longest, with round ticks", () => {
  const axis = valueAxis([0.0966, 0.0166], "linear", [100, 500]);
  expect(axis.at(0)).toBe(100);
  expect(axis.at(0.0966)).toBe(500);
  expect(axis.ticks.map(axis.format)).toEqual(["0", "0.05"]);
});

test("a logarithmic axis begins below the least value, so that it still has a bar", () => {
  const axis = valueAxis([0.5, 0.001, 0], "log", [0, 300]);
  expect(axis.domain[0]).toBeLessThan(0.001);
  expect(axis.domain[1]).toBe(1);
  expect(axis.at(0.001)).toBeGreaterThan(0);
  expect(axis.at(0)).toBe(0);
  expect(axis.at(1)).toBe(300);
});

test("a logarithmic axis spans no more powers of ten than tell values apart", () => {
  const { domain, at } = valueAxis([1, 1e-30], "log", [0, 100]);
  expect(domain[1] / domain[0]).toBeLessThanOrEqual(1e8 * (1 + 1e-9));
  expect(at(1e-30)).toBe(0);
});

test("counts have ticks that read as counts, and one value alone has an axis, too", () => {
  const axis = valueAxis([301_035], "linear", [0, 300]);
  expect(axis.ticks.map(axis.format)).toContain("200,000");
  expect(valueAxis([1], "log", [0, 100]).domain).toEqual([0.1, 1]);
  expect(valueAxis([], "linear", [0, 100]).domain).toEqual([0, 1]);
});
