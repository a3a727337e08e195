import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { beamSplitter, circuit, experiment, job, type PhotonicJob } from "../src/model/index.ts";
import {
  decodePayload,
  decodeValue,
  encodeIteration,
  encodePayload,
  encodeValue,
  type Tag,
  type ValueOfTag,
} from "../src/perceval/index.ts";
import * as model from "./arbitrary-model.ts";

function reads<T extends Tag>(tag: T, values: fc.Arbitrary<ValueOfTag[T]>): void {
  fc.assert(
    fc.property(values, fc.boolean(), (value, zip) => {
      expect(decodeValue(encodeValue(tag, value, { zip }))).toStrictEqual({ tag, value });
    }),
  );
}

const states = fc.uniqueArray(fc.tuple(fc.stringMatching(/^\|[0-9](,[0-9]){0,4}>$/), model.finite), {
  selector: ([state]) => state,
});

describe("what is written reads back as it was", () => {
  test("circuits", () => reads("ACircuit", model.circuit));
  test("components", () => reads("Component", model.component));
  test("experiments", () => reads("Experiment", model.experiment));
  test("matrices", () => reads("Matrix", model.unitaryMatrix));
  test("states with annotations", () => reads("BasicState", model.annotatedState));
  test("superpositions", () => reads("StateVector", model.stateVector));
  test("mixtures", () => reads("SVDistribution", model.mixture));
  test("noise models", () => reads("NoiseModel", model.noise));
  test("conditions of post-selection", () => reads("PostSelect", model.postSelection));
  test("no condition at all", () => reads("PostSelect", fc.constant(undefined)));
  test("detectors", () => {
    reads(
      "Detector",
      model.detector.filter((each) => each.kind === "wires"),
    );
    reads(
      "BSLayeredDetector",
      model.detector.filter((each) => each.kind === "layers"),
    );
  });
  test("ports and heralds", () => {
    reads(
      "Port",
      model.port.filter((each) => each.kind === "port"),
    );
    reads(
      "Herald",
      model.port.filter((each) => each.kind === "herald"),
    );
  });
  test("distributions, counts and samples", () => {
    reads(
      "BSDistribution",
      states.map((entries) => new Map(entries)),
    );
    reads(
      "BSCount",
      states.map((entries) => new Map(entries.map(([state], i) => [state, i]))),
    );
    reads("BSSamples", fc.array(fc.constantFrom("|1,0>", "|0,1>", "|2,10>")));
  });
});

const iteration = fc.record(
  {
    circuitParameters: fc.constantFrom(new Map(), new Map([["a", 0.1]])),
    input: model.input,
    noise: model.noise,
    minDetectedPhotons: fc.nat(9),
    maxSamples: fc.nat(9),
    maxShots: fc.nat(9),
  },
  { requiredKeys: ["circuitParameters"] },
);

const jobs: fc.Arbitrary<PhotonicJob> = fc
  .record(
    {
      command: fc.constantFrom("probs", "sample_count", "samples"),
      experiment: model.experiment,
      thresholded: fc.boolean(),
      minClickedModes: fc.nat(3),
      maxSamples: fc.nat(),
      maxShots: fc.nat(),
      seed: fc.nat(),
      iterations: fc.array(iteration, { maxLength: 3 }),
      jobContext: fc.constantFrom(
        { mine: [1, null] },
        { result_mapping: ["perceval.utils", "samples_to_probs"] },
      ),
    },
    {
      noNullPrototype: true,
      requiredKeys: ["command", "experiment", "thresholded", "minClickedModes", "iterations"],
    },
  )
  .map(
    (of): PhotonicJob => ({
      ...of,
      iterations: of.iterations.map((step) => ({ ...step, sent: encodeIteration({ ...step, sent: {} }) })),
    }),
  );

describe("a job", () => {
  test("is the same after its payload went over the wire", () => {
    fc.assert(
      fc.property(jobs, (sent) => {
        const wire = JSON.stringify(encodePayload(sent));
        expect(decodePayload(JSON.parse(wire))).toStrictEqual(sent);
      }),
    );
  });

  test("of a client before 1.0 keeps its meaning as a payload of 1.1, heralds in filters included", () => {
    const payload = {
      command: "probs",
      circuit: encodeValue("ACircuit", circuit(3)),
      input_state: ":PCVL:BasicState:|1,0,1>",
      heralds: { 2: 1 },
      parameters: { min_detected_photons: 2 },
      iterator: [{ min_detected_photons: 0 }, { min_detected_photons: 3, mine: "kept" }],
    };
    const old = decodePayload(payload);
    expect(old.experiment.minDetectedPhotons).toBe(1);
    expect(old.iterations.map((step) => step.minDetectedPhotons)).toEqual([-1, 2]);
    const again = decodePayload(encodePayload(old));
    expect(again.experiment).toStrictEqual(old.experiment);
    expect(again.iterations.map((step) => step.minDetectedPhotons)).toEqual([-1, 2]);
    expect(again.iterations[1]!.sent.mine).toBe("kept");
  });

  test("built in code is the one that is decoded", () => {
    const hongOuMandel = experiment(circuit(2).add(0, beamSplitter()), {
      input: [1, 1],
      minDetectedPhotons: 2,
    });
    const built = job("probs", hongOuMandel, { maxShots: 10 });
    expect(decodePayload(encodePayload(built))).toStrictEqual(built);
  });
});

test("tagged strings are read wherever they stand, as values and as keys", () => {
  const state = { tag: "BasicState", value: [[{}], []] };
  const decoded = decodeValue({
    ":PCVL:BasicState:|1,0>": [1, null],
    plain: encodeValue("BasicState", [[{}], []], { zip: true }),
  });
  expect(decoded).toStrictEqual(
    new Map<unknown, unknown>([
      [state, [1, null]],
      ["plain", state],
    ]),
  );
});
