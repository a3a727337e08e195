import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { byPhotonNumber, compareStates, countsOf, topStates, totalVariationDistance } from "./states.ts";

const states = fc
  .uniqueArray(fc.tuple(fc.nat(9), fc.nat(9), fc.nat(9)), { selector: String, maxLength: 60 })
  .chain((counts) =>
    fc
      .array(fc.double({ min: 0, max: 1, noNaN: true }), {
        minLength: counts.length,
        maxLength: counts.length,
      })
      .map((values) => new Map(counts.map((each, i) => [`|${each}>`, values[i]!]))),
  );

describe("the states that are shown", () => {
  test("are the largest, and the others are added up", () => {
    fc.assert(
      fc.property(states, fc.integer({ min: 1, max: 70 }), (all, most) => {
        const { entries, othersCount, othersValue } = topStates(all, most, "value");
        const sorted = [...all.values()].sort((a, b) => b - a);
        expect(entries.map(([, value]) => value)).toEqual(sorted.slice(0, most));
        expect(entries.length + othersCount).toBe(all.size);
        expect(othersValue).toBeCloseTo(
          sorted.slice(most).reduce((sum, value) => sum + value, 0),
          9,
        );
      }),
    );
  });

  test("can stand in the order of their photons", () => {
    const all = new Map([
      ["|0,2>", 0.4],
      ["|2,0>", 0.5],
      ["|1,1>", 0.1],
    ]);
    expect(topStates(all, 10, "state").entries.map(([state]) => state)).toEqual(["|2,0>", "|1,1>", "|0,2>"]);
    expect(compareStates("|10,0>", "|9,1>")).toBeLessThan(0);
  });
});

test("photons are counted without their annotations", () => {
  expect(countsOf("|{P:H}1,0,2>")).toEqual([1, 0, 2]);
  expect(
    byPhotonNumber(
      new Map([
        ["|2,0>", 0.25],
        ["|0,1>", 0.5],
        ["|1,1>", 0.25],
      ]),
    ),
  ).toEqual(
    new Map([
      [1, 0.5],
      [2, 0.5],
    ]),
  );
});

test("the total variation distance is a distance from 0 to 1 that ignores how much was counted", () => {
  fc.assert(
    fc.property(states, states, (a, b) => {
      const distance = totalVariationDistance(a, b);
      expect(distance).toBeGreaterThanOrEqual(0);
      expect(distance).toBeLessThanOrEqual(1 + 1e-12);
      expect(totalVariationDistance(b, a)).toBeCloseTo(distance, 12);
      const doubled = new Map([...a].map(([state, value]) => [state, 2 * value]));
      expect(totalVariationDistance(a, doubled)).toBeCloseTo(0, 12);
    }),
  );
  expect(totalVariationDistance(new Map([["|1,0>", 1]]), new Map([["|0,1>", 5]]))).toBe(1);
});
