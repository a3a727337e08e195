import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../../..");

test("the compiled kernels in the repository are those of the sources", () => {
  const folder = mkdtempSync(join(tmpdir(), "corbenic-kernels-"));
  try {
    const fresh = join(folder, "kernels.wasm");
    execFileSync(process.execPath, [join(root, "scripts/kernels.mjs"), fresh]);
    const kept = readFileSync(join(root, "photonics/kernels/kernels.wasm"));
    expect(
      readFileSync(fresh).equals(kept),
      "photonics/kernels/kernels.wasm is stale: run `npm run kernels` and commit it",
    ).toBe(true);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
