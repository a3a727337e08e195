import { readFileSync } from "node:fs";
import { type PlatformSpecs, Problem } from "@corbenic/protocol";
import { describe, expect, test } from "vitest";
import { checkPerfs, checkSpecs } from "./specs.ts";

const vector = (version: string, name: string) =>
  JSON.parse(
    readFileSync(
      new URL(`../../../photonics/fixtures/vectors/${version}/${name}.json`, import.meta.url),
      "utf8",
    ),
  );
const good = { available_commands: ["probs"] };

function refusal(check: () => void): Problem | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}

describe("the specs of a platform", () => {
  test.each([
    ["nothing but commands", {}],
    ["any circuit", { architecture: "none" }],
    [
      "an architecture that is an experiment",
      { architecture: vector("1.1.1", "haar_m2_n3_01").request.payload.experiment },
    ],
    [
      "a circuit of older clients",
      { specific_circuit: vector("0.12.2", "haar_m2_n3_01").request.payload.circuit },
    ],
    ["keys that only some clients know", { detector: "pnr", homepage: { of: ["the lab"] } }],
  ])("with %s are accepted", (_, part) => {
    expect(refusal(() => checkSpecs({ ...good, ...part }))).toBeUndefined();
  });

  test.each([
    ["no command", { available_commands: [] }, /available_commands is empty: name at least one of probs/],
    ["an unknown command", { available_commands: ["probs", "rm"] }, /names "rm", which is none of probs/],
    ["a command twice", { available_commands: ["probs", "probs"] }, /names a command twice/],
    [
      "bounds the wrong way round",
      { constraints: { min_mode_count: 3, max_mode_count: 2 } },
      /min_mode_count is 3, more than max_mode_count, which is 2/,
    ],
    ["an input mode twice", { connected_input_modes: [0, 2, 2] }, /names a mode twice/],
    [
      "an architecture that cannot be decoded",
      { architecture: ":PCVL:ACircuit:AAAA" },
      /Cannot read specs\.architecture/,
    ],
    [
      "an architecture that is no circuit",
      { architecture: "print(1)" },
      /specs\.architecture is neither a serialized/,
    ],
    ["a state for a circuit", { specific_circuit: ":PCVL:BasicState:|1,0>" }, /specs\.specific_circuit/],
    [
      "a serialized object where clients do not expect it",
      { homepage: [":PCVL:ACircuit:AAAA"] },
      /Cannot read specs\.homepage\[0\]/,
    ],
    ["a NUL", { description: "a\0b" }, /specs\.description has a NUL/],
    ["half a surrogate pair as a key", { "\ud800": 1 }, /has a key with a NUL or half a surrogate pair/],
    ["more than a megabyte", { description: "x".repeat(1 << 20) }, /more than 1048576/],
  ])("with %s are refused in a sentence", (_, part, sentence) => {
    const refused = refusal(() => checkSpecs({ ...good, ...part }));
    expect(refused).toMatchObject({ code: "invalid_specs", status: 400 });
    expect(refused?.message).toMatch(sentence);
  });

  test("say all that is wrong at once", () => {
    const refused = refusal(() =>
      checkSpecs({ available_commands: ["dance"], architecture: "x", connected_input_modes: [1, 1] }),
    );
    expect(refused?.detail.findings).toHaveLength(3);
  });

  test("nested as deeply as JSON can be are refused, without harm", () => {
    let deep: unknown = 1;
    for (let i = 0; i < 5_000; i++) deep = [deep];
    const specs: PlatformSpecs = { ...good, ...{ deep } };
    const refused = refusal(() => checkSpecs(specs));
    expect(refused?.message).toMatch(/nested more than 32 levels deep/);
  });
});

describe("the perfs of a platform", () => {
  test("are numbers and words, and no serialized objects that cannot be read", () => {
    expect(refusal(() => checkPerfs({ "Transmittance (%)": 5.2, HOM: "94 %" }))).toBeUndefined();
    expect(refusal(() => checkPerfs({ HOM: ":PCVL:NoiseModel:[" }))).toMatchObject({
      code: "invalid_specs",
    });
  });
});
