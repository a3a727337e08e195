import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

test("nothing but tests imports the reference", () => {
  const source = join(import.meta.dirname, "..");
  const importing = readdirSync(source, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts") && !file.startsWith("reference"))
    .filter((file) => /from "[^"]*\/reference\//.test(readFileSync(join(source, file), "utf8")));
  expect(importing).toEqual([]);
});
