import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { StartError } from "../start-error.ts";
import { acquireDataDirectory } from "./data-directory.ts";

const parent = mkdtempSync(join(tmpdir(), "corbenic-directory-"));
afterAll(() => rmSync(parent, { recursive: true }));

test("a data directory is made where it is missing, and can be taken again after its release", () => {
  const path = join(parent, "made", "here");
  acquireDataDirectory(path).release();
  acquireDataDirectory(path).release();
});

test("a held data directory is refused, with what to do", () => {
  const path = join(parent, "held");
  const held = acquireDataDirectory(path);
  expect(() => acquireDataDirectory(path)).toThrow(StartError);
  expect(() => acquireDataDirectory(path)).toThrow(
    /Another process uses .*held: stop that one first, or choose another/,
  );
  held.release();
});

test("a process that dies without releasing leaves the directory free", () => {
  const path = join(parent, "orphaned");
  const script = `
    import { acquireDataDirectory } from ${JSON.stringify(new URL("./data-directory.ts", import.meta.url).href)};
    globalThis.held = acquireDataDirectory(${JSON.stringify(path)});
    process.kill(process.pid, "SIGKILL");`;
  const { signal } = spawnSync(process.execPath, ["--input-type=module", "-e", script]);
  expect(signal).toBe("SIGKILL");
  acquireDataDirectory(path).release();
});

test("a directory that cannot be made is refused, with what to do", () => {
  const file = join(parent, "file");
  writeFileSync(file, "");
  expect(() => acquireDataDirectory(join(file, "below"))).toThrow(
    /Cannot write to the data directory .*--data-dir/,
  );
});
