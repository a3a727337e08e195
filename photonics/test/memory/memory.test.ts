import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { memoryJobs } from "./memory-jobs.ts";

describe("the memory that a process takes for a job is within 20 % of the estimate", () => {
  test.each(memoryJobs.map(({ name }, index) => [name, index] as const))("%s", (_, index) => {
    const script = join(import.meta.dirname, "measure-job.ts");
    const measured = execFileSync(process.execPath, ["--expose-gc", script, String(index)], {
      encoding: "utf8",
    });
    const { taken, estimated } = JSON.parse(measured);
    expect(estimated / taken).toBeGreaterThan(1 / 1.2);
    expect(estimated / taken).toBeLessThan(1.2);
  });
});
