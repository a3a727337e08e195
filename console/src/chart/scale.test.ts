import fc from "fast-check";
import { expect, test } from "vitest";
import { extentOf, linearScale, roundDomain, ticksOf } from "./scale.ts";

test("an axis has round ticks within its domain, as many as fit", () => {
  expect(ticksOf([0, 1], 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  expect(ticksOf([0, 2 * Math.PI], 7)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(ticksOf([-0.03, 0.07], 5)).toEqual([-0.02, 0, 0.02, 0.04, 0.06]);
  expect(ticksOf([7, 7], 5)).toEqual([7]);
});

test("ticks rise evenly, stay within the domain and are not many more than asked for", () => {
  const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(
      value,
      fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
      fc.integer({ min: 2, max: 10 }),
      (from, length, most) => {
        const to = from + length;
        const ticks = ticksOf([from, to], most);
        const slack = length * 1e-6;
        expect(ticks.every((tick) => tick >= from - slack && tick <= to + slack)).toBe(true);
        expect(ticks.length).toBeLessThanOrEqual(most + 1);
        expect(ticks.every((tick, i) => i === 0 || tick > ticks[i - 1]!)).toBe(true);
      },
    ),
  );
});

test("a domain is widened to round values that hold it", () => {
  expect(roundDomain([0.012, 0.93], 5)).toEqual([0, 1]);
  expect(roundDomain([81.2, 83.9], 4)).toEqual([81, 84]);
  expect(roundDomain([5, 5], 4)).toEqual([4.5, 5.5]);
  expect(roundDomain([0, 0], 4)).toEqual([0, 1]);
});

test("a scale puts values between its ends, and what does not vary in the middle", () => {
  expect(linearScale([0, 10], [100, 200]).at(2.5)).toBe(125);
  expect(linearScale([0, 10], [200, 100]).at(10)).toBe(100);
  expect(linearScale([3, 3], [0, 10]).at(3)).toBe(5);
  expect(extentOf([3, -1, 2])).toEqual([-1, 3]);
  expect(extentOf([])).toEqual([0, 1]);
});
