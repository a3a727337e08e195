import { expect, test } from "vitest";
import { iterationName, sweepsOf } from "./sweep.ts";

const run = (iteration: Record<string, unknown>) => ({ iteration });

test("iterations are drawn over each number that varies, and over their own", () => {
  const runs = [0, 0.5, 1].map((phi) =>
    run({
      circuit_params: { phi, fixed: 2, "": "no number" },
      max_shots: 100 * (phi + 1),
      input_state: "|1,1>",
    }),
  );
  expect(sweepsOf(runs)).toEqual([
    { name: "phi", values: [0, 0.5, 1] },
    { name: "max_shots", values: [100, 150, 200] },
    { name: "iteration", values: [1, 2, 3] },
  ]);
});

test("a parameter that is not set in every iteration is no axis", () => {
  const runs = [run({ circuit_params: { phi: 0 } }), run({}), run({ circuit_params: { phi: 1 } })];
  expect(sweepsOf(runs).map(({ name }) => name)).toEqual(["iteration"]);
  expect(sweepsOf([])).toEqual([{ name: "iteration", values: [] }]);
});

test("an iteration is named by what it set", () => {
  expect(iterationName(run({ circuit_params: { phi: 0.25 }, input_state: "|1,0>" }), 3)).toBe(
    "4: phi = 0.25, input_state = |1,0>",
  );
  expect(iterationName({}, 0)).toBe("1");
});
