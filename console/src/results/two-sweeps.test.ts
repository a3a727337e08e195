import type { RunResults } from "@corbenic/sdk";
import { Distribution } from "@corbenic/sdk";
import { expect, test } from "vitest";
import { colorings, crossedSweeps, gridOf, meanOf, mostVaried } from "./two-sweeps.ts";

const phi = { name: "phi", values: [0, 0, 1, 1, 0] };
const theta = { name: "theta", values: [0.5, 0.2, 0.2, 0.5, 0.2] };
const own = { name: "iteration", values: [1, 2, 3, 4, 5] };

test("iterations stand at the crossings of two parameters, also in no order and more than once", () => {
  expect(gridOf(phi, theta)).toEqual({
    columns: [0, 1],
    rows: [0.2, 0.5],
    crossings: [
      { column: 0, row: 1, runs: [0] },
      { column: 0, row: 0, runs: [1, 4] },
      { column: 1, row: 0, runs: [2] },
      { column: 1, row: 1, runs: [3] },
    ],
  });
});

test("a grid of two parameters is found among all that vary, and scattered values are none", () => {
  const scattered = { name: "shots", values: [3, 1, 4, 15, 9] };
  expect(crossedSweeps([scattered, phi, theta, own])).toEqual([1, 2]);
  expect(crossedSweeps([scattered, phi, own])).toBeUndefined();
  expect(crossedSweeps([phi, own])).toBeUndefined();
  const random = Array.from({ length: 9 }, (_, i) => i);
  expect(
    crossedSweeps([{ name: "a", values: random }, { name: "b", values: random.toReversed() }, own]),
  ).toBeUndefined();
});

test("a map is colored by a state's share or by a performance that is told", () => {
  const run = (counts: number, physicalPerf?: number) =>
    ({
      distribution: new Distribution([
        ["|1,1>", counts],
        ["|2,0>", 3],
      ]),
      ...(physicalPerf === undefined ? {} : { physicalPerf }),
    }) as unknown as RunResults;
  const runs = [run(1, 0.5), run(9)];
  const [state, performance, ...others] = colorings(runs, ["|1,1>"]);
  expect(others).toEqual([]);
  expect(runs.map(state!.readIn)).toEqual([0.25, 0.75]);
  expect(performance!.name).toBe("physical performance");
  expect(runs.map(performance!.readIn)).toEqual([0.5, undefined]);
  expect(mostVaried(colorings(runs, ["|0,2>", "|1,1>"]), runs)).toBe(1);
  expect(meanOf([0.2, undefined, 0.4])).toBeCloseTo(0.3, 12);
  expect(meanOf([undefined])).toBeUndefined();
});
