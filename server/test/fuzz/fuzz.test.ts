import { expect, test } from "vitest";
import { runFuzz } from "./run-fuzz.ts";

test("no request makes the server fail, and every answer is of its documented shape", async () => {
  const { requests, operations, byStatus, neverDone, faults } = await runFuzz({
    requests: 5_000,
    seed: 20_261_124,
  });
  expect(faults).toEqual([]);
  expect(requests).toBe(5_000);
  // The requests mean something: most operations were done, not only refused.
  expect(neverDone.length).toBeLessThan(operations / 3);
  expect(byStatus.get(200)).toBeGreaterThan(requests / 20);
}, 300_000);
