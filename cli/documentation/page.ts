import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";

const path = resolve(import.meta.dirname, "..", "..", "docs", "cli.md");

export function readPage(): string {
  return readFileSync(path, "utf8");
}

export function writePage(text: string): void {
  writeFileSync(path, text);
}

/** Every part of the page that is made, by its name: what stands between `<!-- NAME -->` and `<!-- end -->`. */
export function partsOf(page: string): ReadonlyMap<string, string> {
  return new Map(
    [...page.matchAll(/<!-- (?!end)(.+?) -->\n\n?([\s\S]*?)\n\n?<!-- end -->/g)].map(([, name, text]) => [
      name!,
      text!,
    ]),
  );
}

/** @throws {Error} for a part that has no place in the page */
export function withParts(page: string, parts: ReadonlyMap<string, string>): string {
  for (const name of parts.keys()) {
    if (!page.includes(`<!-- ${name} -->\n`)) throw new Error(`docs/cli.md has no place for ${name}.`);
  }
  return page.replace(/<!-- (?!end)(.+?) -->\n[\s\S]*?<!-- end -->/g, (whole, name: string) =>
    parts.has(name) ? `<!-- ${name} -->\n\n${parts.get(name)}\n\n<!-- end -->` : whole,
  );
}
