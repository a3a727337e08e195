import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { buildSdk } from "./build.ts";
import { measure, uses } from "./measure.ts";

const { values } = parseArgs({ options: { out: { type: "string" }, size: { type: "boolean" } } });
if (values.size === true) await printSizes();
else {
  const out = resolve(values.out ?? join(import.meta.dirname, "..", "dist"));
  await buildSdk(out);
  process.stdout.write(`${out}\n`);
}

async function printSizes(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "corbenic-sdk-"));
  try {
    await buildSdk(join(folder, "sdk"));
    process.stdout.write(row("bytes", ["minified", "gzip", "brotli"]));
    for (const [name, use] of Object.entries(uses)) {
      const { minified, gzip, brotli } = await measure(join(folder, "sdk"), use);
      process.stdout.write(row(name, [minified, gzip, brotli]));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function row(name: string, cells: readonly (string | number)[]): string {
  return `${name.padEnd(30)}${cells.map((cell) => String(cell).padStart(10)).join("")}\n`;
}
