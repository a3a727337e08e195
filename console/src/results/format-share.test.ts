import { expect, test } from "vitest";
import { formatShare } from "./format-share.ts";
import { shortState } from "./state-name.ts";

test("probabilities keep the digits that tell them apart", () => {
  expect([0, 1, 0.5, 0.09664, 0.0009213, 0.0000123].map(formatShare)).toEqual([
    "0",
    "1",
    "0.5000",
    "0.0966",
    "0.000921",
    "1.23e-5",
  ]);
});

test("a state that is too long keeps its first and its last modes", () => {
  expect(shortState("|1,0,2>", 7)).toBe("|1,0,2>");
  expect(shortState("|1,0,0,0,0,0,0,2>", 9)).toBe("|1,0…0,2>");
  expect(shortState("|1,0,0,0,0,0,0,2>", 9)).toHaveLength(9);
});
