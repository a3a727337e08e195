import { stripVTControlCharacters } from "node:util";
import fc from "fast-check";
import { expect, test } from "vitest";
import { harmless, table } from "./table.ts";

const plain = (text: string) => stripVTControlCharacters(text).split("\n");

test("a table aligns its columns by what a terminal shows", () => {
  const rows = [
    { name: "sim:slos", jobs: 3 },
    { name: "光子", jobs: 12 },
  ];
  const shown = table(rows, [
    { title: "NAME", text: ({ name }) => name },
    { title: "JOBS", text: ({ jobs }) => String(jobs), align: "right" },
  ]);
  expect(plain(shown)).toEqual(["NAME      JOBS", "sim:slos     3", "光子        12"]);
});

test("text from elsewhere cannot steer the terminal", () => {
  expect(harmless("a\u001b[2Jb\r\nc\u202e")).toBe("a\\u001b[2Jb\\u000d\\u000ac\\u202e");
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(harmless(text)).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
    }),
  );
});
