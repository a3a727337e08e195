import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { jobNumber, startBench } from "./fake-cloud.ts";

test("a large result is sent in parts that make it up again, and named by its digest", async () => {
  const results = `{"results":"${"🜁".repeat(2_500_000)}"}`;
  const { machine, runs, sent } = startBench({ jobs: [jobNumber(1)] });
  await machine.advance(10);
  runs[0]!.end({ kind: "completed", results });
  await machine.advanceUntil(() => sent.some(({ verb }) => verb === "result"));
  const parts = sent.filter(({ verb }) => verb === "part").map(({ body }) => body);
  expect(parts.map(({ number }) => number)).toEqual(parts.map((_, index) => index));
  expect(parts.map(({ part }) => part).join("")).toBe(results);
  expect(Math.max(...parts.map(({ part }) => String(part).length))).toBeLessThanOrEqual(1024 * 1024);
  expect(parts.every(({ part }) => !/[\ud800-\udbff]$/.test(String(part)))).toBe(true);
  const report = sent.find(({ verb }) => verb === "result")!.body;
  expect(report).toEqual({
    lease_token: jobNumber(1).lease_token,
    sha256: createHash("sha256").update(results).digest("hex"),
  });
});
