import { circuit, experiment, parseFockState } from "@corbenic/photonics/model";
import { expect, test } from "vitest";
import { enteringPhotons } from "./entering.ts";

const heralds = new Map([
  [1, 1],
  [3, 0],
]);
const of = (input: string | undefined, modes: number) =>
  enteringPhotons(
    experiment(circuit(modes), { heralds, ...(input === undefined ? {} : { input: parseFockState(input) }) }),
  );

test("photons enter the modes that are not heralded where an input leaves those out", () => {
  expect(of("|1,0,2>", 5)).toEqual([1, 1, 0, 0, 2]);
});

test("an input of all modes is taken as it stands, with heralds in their places", () => {
  expect(of("|1,1,0,0,2>", 5)).toEqual([1, 1, 0, 0, 2]);
});

test("without an input only heralds are known", () => {
  expect(of(undefined, 5)).toEqual([undefined, 1, undefined, 0, undefined]);
});

test("of a superposition, only modes in which all its states agree have a number", () => {
  const state = (...counts: number[]) => counts.map((count) => Array.from({ length: count }, () => ({})));
  const superposed = experiment(circuit(3), {
    input: {
      kind: "mixture",
      mixture: [
        {
          probability: 1,
          vector: [
            { re: 0.6, im: 0, state: state(1, 0, 0) },
            { re: 0.8, im: 0, state: state(1, 1, 0) },
          ],
        },
      ],
    },
  });
  expect(enteringPhotons(superposed)).toEqual([1, undefined, 0]);
});
