import { stripVTControlCharacters } from "node:util";
import fc from "fast-check";
import stringWidth from "string-width";
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

test("a table that is too wide for a terminal loses the ends of texts, never those of ids", () => {
  const rows = [{ id: "025cfa9e-7853", name: "A long name of a job", why: "光子光子光子光子光子" }];
  const shown = table(
    rows,
    [
      { title: "ID", text: ({ id }) => id },
      { title: "NAME", text: ({ name }) => name, mayBeCut: true },
      { title: "WHY", text: ({ why }) => why, mayBeCut: true },
    ],
    40,
  );
  expect(plain(shown)[1]).toBe("025cfa9e-7853  A long nam…  光子光子光…");
  for (const [width, line] of plain(shown).map((each) => [stringWidth(each), each] as const)) {
    expect(width, line).toBeLessThanOrEqual(40);
  }
});
