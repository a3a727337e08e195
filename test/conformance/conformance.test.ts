import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cloudObjects } from "./cloud-objects.ts";
import { publicContract } from "./public-contract.ts";
import type { Row } from "./row.ts";
import { openStage, type Stage } from "./stage.ts";
import { tryRow } from "./try-row.ts";

describe("conformance", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage.close());

  /** All of it is `npm run conformance`: here aliases of one operation are tried once. */
  const rows: readonly Row[] = [
    ...publicContract.filter(({ path }) => !/^\/(api|qt\/\w+\/)/.test(path)),
    ...cloudObjects,
  ];

  test.each(rows.map((row) => [`${row.method} ${row.path}`, row] as const))("%s", async (_, row) => {
    const { verdict, differences } = await tryRow(stage, row);
    expect(differences).toEqual([]);
    expect(verdict).toBe(row.valid === null ? "not built" : "conforms");
  });

  test("lists each operation of the public contract once", () => {
    const operations = publicContract.map(({ method, path }) => `${method} ${path}`);
    expect(new Set(operations).size).toBe(59);
    expect(operations).toHaveLength(59);
  });

  test("tells what differs from what should be answered", async () => {
    const row: Row = { method: "GET", path: "/health", name: "", valid: { as: "nobody", status: 201 } };
    expect((await tryRow(stage, row)).differences).toEqual([
      expect.stringContaining("200 for nobody in particular, not 201"),
    ]);
    const absent: Row = { method: "GET", path: "/nowhere", name: "", valid: { as: "nobody", status: 200 } };
    expect((await tryRow(stage, absent)).verdict).toBe("missing");
    const built: Row = { method: "GET", path: "/health", name: "", valid: null };
    expect((await tryRow(stage, built)).verdict).toBe("differs");
  });
});
