import { expect, test } from "vitest";
import { monthAfter, weeksOf } from "./month.ts";

test("a month is shown in whole weeks from Monday on", () => {
  const weeks = weeksOf(new Date(2026, 10, 24), []);
  expect(weeks.map((week) => week.length)).toEqual([7, 7, 7, 7, 7, 7]);
  expect(weeks[0]![0]!.date).toEqual(new Date(2026, 9, 26));
  expect(weeks[0]!.map(({ isOfMonth }) => isOfMonth)).toEqual([
    false,
    false,
    false,
    false,
    false,
    false,
    true,
  ]);
  expect(weeksOf(new Date(2027, 1, 1), [])).toHaveLength(4);
});

test("a day has the periods that touch it, and not those that end as it begins", () => {
  const period = (start: Date, end: Date) => ({ start: start.toISOString(), end: end.toISOString() });
  const over = period(new Date(2026, 10, 3, 22), new Date(2026, 10, 5));
  const days = weeksOf(new Date(2026, 10, 1), [over]).flat();
  const touched = days.filter(({ periods }) => periods.length > 0).map(({ date }) => date.getDate());
  expect(touched).toEqual([3, 4]);
});

test("months go on through the ends of years", () => {
  expect(monthAfter(new Date(2026, 11, 31), 1)).toEqual(new Date(2027, 0, 1));
  expect(monthAfter(new Date(2026, 0, 31), -1)).toEqual(new Date(2025, 11, 1));
});
