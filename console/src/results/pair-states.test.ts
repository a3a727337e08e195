import { expect, test } from "vitest";
import { pairStates } from "./pair-states.ts";

test("two distributions meet state by state as shares, the heaviest first", () => {
  const probabilities = new Map([
    ["|2,0>", 0.5],
    ["|0,2>", 0.5],
  ]);
  const counts = new Map([
    ["|2,0>", 30],
    ["|1,1>", 10],
  ]);
  expect(pairStates(probabilities, counts, 2)).toEqual([
    { state: "|2,0>", first: 0.5, second: 0.75 },
    { state: "|0,2>", first: 0.5, second: 0 },
  ]);
  expect(pairStates(new Map(), counts, 5)).toHaveLength(2);
});
