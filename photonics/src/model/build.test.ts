import { describe, expect, test } from "vitest";
import {
  barrier,
  beamSplitter,
  circuit,
  experiment,
  formula,
  halfWavePlate,
  heraldsOf,
  job,
  lossChannel,
  numberOf,
  permutation,
  phaseShifter,
  thresholdDetector,
  timeDelay,
} from "./index.ts";

describe("a circuit", () => {
  test("has its components in the order in which they were added", () => {
    const mach = circuit(2, "Mach-Zehnder")
      .add(0, beamSplitter())
      .add(1, phaseShifter("phi"))
      .add(0, beamSplitter(Math.PI / 2, { convention: "H" }));
    expect(mach.components.map(({ mode, component }) => [mode, component.kind])).toEqual([
      [0, "beam-splitter"],
      [1, "phase-shifter"],
      [0, "beam-splitter"],
    ]);
  });

  test("stands in another circuit like a component", () => {
    const inner = circuit(2).add(0, permutation([1, 0]));
    const outer = circuit(3).add(1, inner).add(0, barrier(3));
    expect(outer.components[0]).toEqual({ mode: 1, component: inner });
  });

  test.each([
    { mode: 1, component: beamSplitter() },
    { mode: -1, component: lossChannel(0.1) },
    { mode: 2, component: timeDelay(1) },
    { mode: 0.5, component: halfWavePlate(0) },
    { mode: 0, component: circuit(3) },
  ])("refuses a $component.kind on mode $mode of two", ({ mode, component }) => {
    expect(() => circuit(2).add(mode, component)).toThrow(RangeError);
  });
});

describe("a setting", () => {
  test("is a number, a name, or a formula", () => {
    expect(phaseShifter(0.3).phi).toEqual({ kind: "value", value: 0.3 });
    expect(phaseShifter("phi").phi).toEqual({ kind: "symbol", name: "phi" });
    expect(numberOf(phaseShifter("2*phi + 1").phi, new Map([["phi", 3]]))).toBe(7);
  });

  test("that is neither is refused", () => {
    expect(() => phaseShifter("phi phi")).toThrow(/expression|operator/);
  });

  test("without a finite value is refused where it is needed", () => {
    expect(() => numberOf(formula("1/a"), new Map([["a", 0]]))).toThrow(/finite/);
    expect(() => numberOf(formula("a"), new Map())).toThrow(/without a value/);
  });
});

describe("an experiment", () => {
  test("is ideal where nothing else is said", () => {
    const { noise, detectors, minDetectedPhotons, input } = experiment(circuit(2), { input: [1, 1] });
    expect(noise.transmittance).toBe(1);
    expect(detectors.size).toBe(0);
    expect(minDetectedPhotons).toBe(0);
    expect(input).toEqual({ kind: "fock", state: [1, 1] });
  });

  test("takes a detector for all modes, heralds at both ends, and a condition as text", () => {
    const of = experiment(circuit(3), {
      detectors: thresholdDetector,
      heralds: new Map([[2, 1]]),
      postSelection: "[0,1]==1",
      noise: { g2: 0.02 },
    });
    expect([...of.detectors.keys()]).toEqual([0, 1, 2]);
    expect([heraldsOf(of.inputPorts), heraldsOf(of.outputPorts)]).toEqual([
      new Map([[2, 1]]),
      new Map([[2, 1]]),
    ]);
    expect(of.postSelection).toEqual({ kind: "count", modes: [0, 1], comparison: "==", photons: 1 });
    expect(of.noise).toMatchObject({ g2: 0.02, brightness: 1 });
  });

  test("is run once by a job, or once for each iteration", () => {
    const of = experiment(circuit(1).add(0, phaseShifter("phi")), { input: [1] });
    expect(job("probs", of).iterations).toEqual([]);
    const steps = [0, 1].map((phi) => ({ circuitParameters: new Map([["phi", phi]]) }));
    expect(job("samples", of, { iterations: steps, maxSamples: 9 })).toMatchObject({
      command: "samples",
      maxSamples: 9,
      iterations: steps,
    });
  });
});
