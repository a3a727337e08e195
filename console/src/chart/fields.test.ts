import { expect, test } from "vitest";
import { boundsBetween, type Field, nextField, shadesOf } from "./fields.ts";

const field = (column: number, row: number, value = 0): Field => ({
  column,
  row,
  x: column * 10,
  y: row * 10,
  width: 10,
  height: 10,
  value,
});

test("fields of one shade are one path, and what is nothing is not drawn", () => {
  const drawn = shadesOf([field(0, 0, 0), field(1, 0, 1), field(2, 0, 1), field(3, 0, 0.5)], [0, 1]);
  expect(drawn).toHaveLength(2);
  expect(drawn[1]).toEqual({ opacity: 1, path: "M10 0H20V10H10ZM20 0H30V10H20Z" });
  expect(drawn[0]!.opacity).toBeCloseTo(0.5, 1);
});

test("ten thousand fields are no more elements than there are shades", () => {
  const many = Array.from({ length: 10_000 }, (_, i) => field(i % 100, Math.floor(i / 100), i / 10_000));
  expect(shadesOf(many, [0, 1]).length).toBeLessThanOrEqual(32);
});

test("values beyond the legend have its end's shade, and one value alone the strongest", () => {
  expect(shadesOf([field(0, 0, 7)], [0, 1])[0]!.opacity).toBe(1);
  expect(shadesOf([field(0, 0, 3)], [3, 3])[0]!.opacity).toBe(1);
});

test("one goes from field to field over places that have none, and stays at the edge", () => {
  const fields = [field(0, 0), field(3, 0), field(1, 1), field(0, 2)];
  const [first, right] = fields as [Field, Field, Field, Field];
  expect(nextField(fields, first, 1, 0)).toBe(right);
  expect(nextField(fields, right, -1, 0)).toBe(first);
  expect(nextField(fields, first, 0, 1)).toBe(fields[3]);
  expect(nextField(fields, first, 0, -1)).toBe(first);
});

test("each value reaches half-way to its neighbours", () => {
  expect(boundsBetween([0, 1, 3])).toEqual([-0.5, 0.5, 2, 4]);
  expect(boundsBetween([2])).toEqual([1.5, 2.5]);
  expect(boundsBetween([])).toEqual([]);
});
