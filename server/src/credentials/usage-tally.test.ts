import { expect, test } from "vitest";
import type { Queryable } from "../database/database.ts";
import { createUsageTally } from "./usage-tally.ts";

test("uses are written together, and kept for the next time when that fails", async () => {
  const written: unknown[][] = [];
  let broken = true;
  const db = {
    async query(_: string, values: unknown[]) {
      if (broken) throw new Error("no database");
      written.push(values);
      return { rows: [] };
    },
  } as unknown as Queryable;
  const tally = createUsageTally();
  await tally.flush(db);
  tally.note(7, "192.0.2.1");
  tally.note(7, "192.0.2.2");
  tally.note(8, null);
  await expect(tally.flush(db)).rejects.toThrow("no database");
  tally.note(7, "192.0.2.3");
  broken = false;
  await tally.flush(db);
  await tally.flush(db);
  expect(written).toEqual([
    [
      [7, 8],
      [3, 1],
      ["192.0.2.3", null],
    ],
  ]);
});
