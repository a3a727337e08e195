import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { badPayloadCodes, defaultLimits } from "../src/perceval/index.ts";

const page = readFileSync(join(import.meta.dirname, "../../docs/refused-payloads.md"), "utf8");

/** The rows of the table below a heading, without the backquotes. */
function rowsBelow(heading: string): string[][] {
  const section = page.slice(page.indexOf(`\n## ${heading}\n`)).split("\n## ")[1]!;
  return section
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim().replaceAll("`", "")),
    );
}

describe("docs/refused-payloads.md", () => {
  test("explains every code of a refusal, and no other", () => {
    expect(Object.fromEntries(rowsBelow("Codes"))).toEqual(badPayloadCodes);
  });

  test("states the limits as they are", () => {
    const limits = rowsBelow("Limits").map(([name, most]) => [name, Number(most!.replaceAll(",", ""))]);
    expect(Object.fromEntries(limits)).toEqual(defaultLimits);
  });
});
