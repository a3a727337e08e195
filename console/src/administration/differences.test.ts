import { expect, test } from "vitest";
import { differencesOf } from "./differences.ts";

test("a creation shows what it set, and leaves out what it did not", () => {
  expect(
    differencesOf(null, {
      label: "Night runs",
      jobs_max: 20,
      platforms: null,
      read_only: false,
      tags: ["a", "b"],
    }),
  ).toEqual([
    { field: "label", before: "", after: "Night runs" },
    { field: "jobs max", before: "", after: "20" },
    { field: "read only", before: "", after: "no" },
    { field: "tags", before: "", after: "a, b" },
  ]);
});

test("an update shows each field before and after, and a deletion what was there", () => {
  expect(differencesOf({ share: 1 }, { share: 2.5 })).toEqual([
    { field: "share", before: "1", after: "2.5" },
  ]);
  expect(differencesOf({ name: "Optics" }, null)).toEqual([{ field: "name", before: "Optics", after: "" }]);
});

test("what is no object is a value, and nothing is nothing", () => {
  expect(differencesOf(null, [1, 2])).toEqual([{ field: "value", before: "", after: "1, 2" }]);
  expect(differencesOf({ limits: {} }, { limits: { queue_max: 5 } })).toEqual([
    { field: "limits queue max", before: "", after: "5" },
  ]);
  expect(differencesOf(undefined, undefined)).toEqual([]);
});

test("long ids are cut, and moments are told in the reader's own time", () => {
  const [ids, at] = differencesOf(null, {
    platform_ids: ["768063fb-45f7-4a4c-b839-b7f5e0c41d2a"],
    expires_at: "2026-12-24T21:17:49.462Z",
  });
  expect(ids!.after).toBe("768063fb …");
  expect(at!.after).not.toContain("T21:17");
  expect(at!.after).toContain("2026");
});
