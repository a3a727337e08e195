import { appendFileSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Queryable } from "../database/database.ts";
import { anchorFile, readAnchors } from "./anchor-file.ts";

const folder = mkdtempSync(join(tmpdir(), "corbenic-anchors-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A database that has these heads and nothing else. */
const withHeads = (...heads: { chain: number; seq: number; hash: string }[]) =>
  ({ query: async () => ({ rows: heads }) }) as unknown as Queryable;

test("heads of the audit trail are noted when they have moved, for this user only", async () => {
  const path = join(folder, "moved");
  const note = anchorFile(path);
  await note(withHeads({ chain: 0, seq: 0, hash: "e3" }, { chain: 1, seq: 0, hash: "e3" }));
  expect(readAnchors(path)).toEqual([]);
  await note(withHeads({ chain: 0, seq: 2, hash: "aa" }, { chain: 1, seq: 0, hash: "e3" }));
  await note(withHeads({ chain: 0, seq: 2, hash: "aa" }, { chain: 1, seq: 1, hash: "bb" }));
  await note(withHeads({ chain: 0, seq: 2, hash: "aa" }, { chain: 1, seq: 1, hash: "bb" }));
  expect(readAnchors(path)).toEqual([
    { chain: 0, seq: 2, hash: "aa" },
    { chain: 1, seq: 1, hash: "bb" },
  ]);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test("a line that a crash cut short spoils neither those before nor those after it", async () => {
  const path = join(folder, "cut");
  await anchorFile(path)(withHeads({ chain: 0, seq: 1, hash: "aa" }));
  appendFileSync(path, '\n{"at":"2026-01-01T00:00:00.000Z","heads":[{"chain":0,"se');
  await anchorFile(path)(withHeads({ chain: 0, seq: 3, hash: "cc" }));
  expect(readAnchors(path).map(({ seq }) => seq)).toEqual([1, 3]);
});
