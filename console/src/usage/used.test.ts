import type { JobUsage } from "@corbenic/sdk/endpoints";
import { expect, test } from "vitest";
import { usedBy, usedOn } from "./used.ts";

const usage = (change: Partial<JobUsage>): JobUsage => ({
  day: "2026-03-01",
  platform_name: "sim:slos",
  token_id: null,
  token_label: null,
  jobs: 1,
  completed: 1,
  failed: 0,
  canceled: 0,
  ran_for_s: 2,
  shots_max: null,
  ...change,
});

test("usage is summed under each name, the most jobs first, and shots only where jobs had a bound", () => {
  const rows = [
    usage({}),
    usage({ platform_name: "qpu:lab", jobs: 3, completed: 1, failed: 2, shots_max: 10 }),
    usage({ platform_name: "qpu:lab", day: "2026-03-02", jobs: 1, canceled: 1, completed: 0, ran_for_s: 0 }),
  ];
  expect(usedBy(rows, ({ platform_name }) => platform_name)).toEqual([
    { name: "qpu:lab", jobs: 4, completed: 1, failed: 2, canceled: 1, seconds: 2, shotsMax: 10 },
    { name: "sim:slos", jobs: 1, completed: 1, failed: 0, canceled: 0, seconds: 2, shotsMax: null },
  ]);
});

test("days without a job are days all the same", () => {
  const days = usedOn(["2026-02-28", "2026-03-01"], [usage({ jobs: 2 })]);
  expect(days.map(({ name, jobs }) => [name, jobs])).toEqual([
    ["2026-02-28", 0],
    ["2026-03-01", 2],
  ]);
});
