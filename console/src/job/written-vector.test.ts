import { circuit, experiment, parseFockState, pnrDetector } from "@corbenic/photonics/model";
import { describe, expect, test } from "vitest";
import { describeDetectors, describeInput } from "./describe-experiment.ts";
import { writtenMixture, writtenVector } from "./written-vector.ts";

const photons = (...counts: number[]) => counts.map((count) => Array.from({ length: count }, () => ({})));

test("a superposition is written as on paper, with its signs and without ones", () => {
  const root = Math.SQRT1_2;
  expect(writtenVector([{ re: 1, im: 0, state: photons(1, 0) }])).toBe("|1,0>");
  expect(
    writtenVector([
      { re: root, im: 0, state: photons(1, 0) },
      { re: 0, im: -root, state: photons(0, 1) },
    ]),
  ).toBe("0.707 |1,0> - 0.707i |0,1>");
  expect(
    writtenVector([
      { re: -1, im: 0, state: photons(1) },
      { re: 0.6, im: 0.8, state: photons(2) },
      { re: 0, im: 1, state: photons(0) },
    ]),
  ).toBe("-|1> + (0.6 + 0.8i) |2> + i |0>");
});

test("a mixture tells how probable each of its states is", () => {
  const one = [{ re: 1, im: 0, state: photons(1) }];
  const two = [{ re: 1, im: 0, state: photons(2) }];
  expect(
    writtenMixture([
      { probability: 0.3, vector: one },
      { probability: 0.7, vector: two },
    ]),
  ).toBe("30 %: |1>; 70 %: |2>");
  expect(writtenMixture([{ probability: 1, vector: two }])).toBe("|2>");
});

describe("an experiment in words", () => {
  const of = (input: string, heralds: ReadonlyMap<number, number>) =>
    describeInput(experiment(circuit(3), { input: parseFockState(input), heralds }));

  test("adds heralded photons only to an input that leaves heralded modes out", () => {
    expect(of("|1,0>", new Map([[2, 1]]))).toBe("|1,0> and 1 heralded photon");
    expect(of("|1,0,1>", new Map([[2, 1]]))).toBe("|1,0,1>");
    expect(of("|1,0>", new Map([[2, 2]]))).toBe("|1,0> and 2 heralded photons");
    expect(of("|1,0>", new Map([[2, 0]]))).toBe("|1,0>");
  });

  test("names the detectors, and says which modes count photons", () => {
    expect(describeDetectors(experiment(circuit(2)))).toBe("all count photons");
    expect(describeDetectors(experiment(circuit(2), { detectors: pnrDetector }))).toBe("PNR");
    expect(describeDetectors(experiment(circuit(3), { detectors: new Map([[0, pnrDetector]]) }))).toBe(
      "PNR on 1 of 3 modes, the others count photons",
    );
  });
});
