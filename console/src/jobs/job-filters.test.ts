import { expect, test } from "vitest";
import { queryOf, readJobFilters } from "./job-filters.ts";

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
