import { expect, test } from "vitest";
import { ticksFor } from "./angle-ticks.ts";

const written = (domain: readonly [number, number], most: number) => {
  const { values, format } = ticksFor(domain, most);
  return values.map(format);
};

test("an axis over angles has ticks at parts of π", () => {
  expect(written([0, 2 * Math.PI], 6)).toEqual(["0", "π/2", "π", "3π/2", "2π"]);
  expect(written([-Math.PI, Math.PI], 4)).toEqual(["-π", "-π/2", "0", "π/2", "π"]);
  expect(written([0, Math.PI / 2], 3)).toEqual(["0", "π/4", "π/2"]);
  expect(written([0, 40 * Math.PI], 6)).toEqual(["0", "8π", "16π", "24π", "32π", "40π"]);
});

test("an axis over other numbers has round ticks", () => {
  expect(written([0, 1], 5)).toEqual(["0", "0.2", "0.4", "0.6", "0.8", "1"]);
  expect(written([0, 6], 3)).toEqual(["0", "2", "4", "6"]);
  expect(written([3, 3], 5)).toEqual(["3"]);
  expect(written([0, 0], 5)).toEqual(["0"]);
});
