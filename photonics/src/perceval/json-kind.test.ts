import { expect, test } from "vitest";
import { kindOf } from "./json-kind.ts";

test("a kind of JSON is named as people would", () => {
  const kinds = [undefined, null, [], {}, 3, "x", true].map(kindOf);
  expect(kinds).toEqual(["nothing", "null", "a list", "an object", "a number", "a string", "a boolean"]);
});
