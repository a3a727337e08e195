import { expect, test } from "vitest";
import { changed, queryOf, readJobFilters } from "./job-filters.ts";

test("filters of an address are those that a list can have, and nothing else", () => {
  expect(
    readJobFilters({
      status: "running,lost,error",
      platform: "sim:slos",
      text: 7,
      sort: "up",
      everybody: "yes",
      other: 1,
    }),
  ).toEqual({ status: "running,error", platform: "sim:slos", text: "7" });
  expect(readJobFilters({ status: "", group: "", sort: "-name", everybody: true })).toEqual({
    sort: "-name",
    everybody: true,
  });
});

test("days and ids of an address are days and ids, and an owner is a filter of everybody's jobs alone", () => {
  const search = { from: "2026-03-01", to: "2026-02-30T", token: "7", owner: 3 };
  expect(readJobFilters(search)).toEqual({ from: "2026-03-01", token: 7 });
  expect(readJobFilters({ from: "2026-13-01", token: "-1", owner: "x", everybody: true })).toEqual({
    everybody: true,
  });
  expect(readJobFilters({ ...search, everybody: true })).toMatchObject({ owner: 3 });
});

test("the cloud is asked in its own words", () => {
  expect(
    queryOf({ status: "error", platform: "sim:slos", group: "g", text: "HOM", everybody: true }),
  ).toEqual({
    status: "error",
    platform_name: "sim:slos",
    group_name: "g",
    name: "HOM",
  });
});

test("a time of days begins with the first and ends with the last of them, in the reader's own time", () => {
  const { created_after, created_before } = queryOf({ from: "2026-03-01", to: "2026-03-01", token: 7 });
  expect(new Date(created_after!)).toEqual(new Date(2026, 2, 1));
  expect(new Date(created_before!)).toEqual(new Date(2026, 2, 2));
  expect(queryOf({ token: 7, owner: 3 })).toEqual({ token_id: 7, owner_id: 3 });
});

test("a filter is changed, or taken away by an empty value", () => {
  expect(changed({ group: "g" }, "text", "HOM")).toEqual({ group: "g", text: "HOM" });
  expect(changed({ group: "g", text: "HOM" }, "group", "")).toEqual({ text: "HOM" });
});
