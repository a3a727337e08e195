import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { connectedModes } from "../../src/cost/connected-modes.ts";
import {
  beamSplitter,
  type CircuitBuilder,
  circuit,
  experiment,
  job,
  phaseShifter,
} from "../../src/model/index.ts";
import { randomUnitary } from "../../src/reference/random-unitary.ts";
import { simulate } from "../../src/simulation/index.ts";
import { createRandom } from "../../src/simulation/random.ts";

type Add = (to: CircuitBuilder) => void;

/** Something that stands on some of so many modes. */
function parts(modes: number): fc.Arbitrary<Add> {
  const placed = (size: number) => fc.nat(modes - size);
  return fc.oneof(
    fc.tuple(placed(2), fc.double({ min: 0.1, max: 3, noNaN: true })).map(
      ([mode, theta]): Add =>
        (to) =>
          to.add(mode, beamSplitter(theta)),
    ),
    placed(1).map(
      (mode): Add =>
        (to) =>
          to.add(mode, phaseShifter(1)),
    ),
    fc.tuple(placed(3), fc.shuffledSubarray([0, 1, 2], { minLength: 3 })).map(
      ([mode, permutation]): Add =>
        (to) =>
          to.add(mode, { kind: "permutation", permutation }),
    ),
    fc.tuple(placed(2), fc.nat(100)).map(
      ([mode, seed]): Add =>
        (to) =>
          to.add(mode, {
            kind: "unitary",
            name: "",
            polarized: false,
            matrix: randomUnitary(2, createRandom(seed)),
          }),
    ),
    fc.tuple(placed(3), fc.nat(1)).map(
      ([mode, inner]): Add =>
        (to) =>
          to.add(mode, circuit(3).add(inner, beamSplitter(1))),
    ),
  );
}

/** Where a photon that enters a mode may leave. */
async function reachedFrom(mode: number, built: CircuitBuilder): Promise<number[]> {
  const input = Array.from({ length: built.modes }, (_, i) => (i === mode ? 1 : 0));
  const { runs } = await simulate(job("probs", experiment(built, { input })));
  const { counts, values } = runs[0]!.results.table;
  return Array.from(values, (value, row) =>
    value > 1e-12 ? counts.subarray(row * built.modes, (row + 1) * built.modes).indexOf(1) : -1,
  ).filter((at) => at >= 0);
}

describe("the modes that a circuit connects", () => {
  test("are in one block wherever a photon may go between them", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(parts(6), { maxLength: 8 }), async (adds) => {
        const built = circuit(6);
        for (const add of adds) add(built);
        const { inputs, outputs } = connectedModes(built);
        for (let mode = 0; mode < 6; mode++)
          for (const at of await reachedFrom(mode, built)) expect(outputs[at]).toBe(inputs[mode]);
      }),
    );
  });

  test("are followed through permutations, and are in no larger block than they must", () => {
    const built = circuit(4)
      .add(0, { kind: "permutation", permutation: [2, 0, 1, 3] })
      .add(2, beamSplitter());
    const { inputs, outputs } = connectedModes(built);
    expect(inputs[0]).toBe(inputs[3]);
    expect(new Set(inputs).size).toBe(3);
    expect(outputs).toEqual([inputs[1], inputs[2], inputs[0], inputs[0]]);
  });
});
