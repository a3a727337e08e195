import { expect, test } from "vitest";
import { csvOf } from "./csv.ts";

test("cells are quoted where they must be", () => {
  expect(
    csvOf([
      ["a", 'say "b"', "c,d", "e\nf"],
      [1, -0.5, "", "x"],
    ]),
  ).toBe('a,"say ""b""","c,d","e\nf"\r\n1,-0.5,,x\r\n');
});

test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("x")'])("no spreadsheet runs %j", (text) => {
  expect(csvOf([[text]]).replace(/^"/, "")).toMatch(/^'/);
});
