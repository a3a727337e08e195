import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../..");
const page = readFileSync(join(root, "docs/resilience.md"), "utf8");

test("the page of resilience names tests and commands that are there", () => {
  const files = [...page.matchAll(/`([a-z/-]+\.test\.ts)`/g)].map(([, file]) => file!);
  expect(files.length).toBeGreaterThan(8);
  expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: object };
  const commands = [...page.matchAll(/`npm run ([a-z]+)(?: -- ([a-z]+))?`/g)];
  expect(commands.map(([, script]) => script!).filter((script) => !(script in scripts))).toEqual([]);
  const faults = readFileSync(join(root, "test/faults/main.ts"), "utf8");
  const injected = commands.map(([, , fault]) => fault).filter((fault) => fault !== undefined);
  expect(injected.filter((fault) => !new RegExp(`^  ${fault}: async`, "m").test(faults))).toEqual([]);
});
