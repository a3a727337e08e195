import fc from "fast-check";
import { vectorsOf, vectorVersions } from "../client-vectors.ts";
import { construct } from "./construct.ts";
import { maliciousCollections } from "./malicious.ts";
import { generatedMessage, mutatedTagged, mutatedText } from "./mutations.ts";

type Payload = Readonly<Record<string, unknown>>;

const payloads: Payload[] = vectorVersions.flatMap((version) =>
  vectorsOf(version).map(({ request }) => request.payload),
);
const real = fc.constantFrom(...payloads);

const kept = [...maliciousCollections().values()].flat();
/** Those of the kept malicious ones that are small. */
const malicious: Payload[] = kept.flatMap(({ small, payload }) =>
  small && payload !== undefined ? [payload() as Payload] : [],
);
const large = kept.flatMap(({ small, payload }) => (small || payload === undefined ? [] : [payload]));

/** A real or malicious payload with one of its tagged strings changed inside. */
const changedInside = fc
  .oneof({ weight: 3, arbitrary: real }, fc.constantFrom(...malicious))
  .chain((payload) => {
    const places = taggedPlaces(payload);
    if (places.length === 0) return fc.constant<unknown>(payload);
    return fc
      .constantFrom(...places)
      .chain((path) =>
        mutatedTagged(valueAt(payload, path) as string).map((text) => replaced(payload, path, text)),
      );
  });

const odd: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(
    null,
    true,
    0,
    -1,
    0.5,
    1e300,
    "",
    "text",
    [],
    {},
    [[]],
    ":PCVL:",
    ":PCVL:BasicState:|1,0>",
    "__proto__",
  ),
  fc.jsonValue({ maxDepth: 3 }),
  real,
);
const keys = [
  "command",
  "experiment",
  "circuit",
  "input_state",
  "postselect",
  "heralds",
  "noise",
  "detectors",
  "parameters",
  "iterator",
  "job_context",
  "max_shots",
  "max_samples",
  "count",
  "seed",
  "__proto__",
  "constructor",
  "mine",
  ":PCVL:BasicState:|1,0>",
  ":PCVL:Pickle:x",
];

/** A real payload with values put, taken away, or moved to another key. */
const changedShape = fc
  .tuple(
    real,
    fc.array(fc.tuple(fc.nat(), fc.constantFrom("put", "drop", "inside"), fc.constantFrom(...keys), odd), {
      minLength: 1,
      maxLength: 3,
    }),
  )
  .map(([payload, edits]) => {
    let result: unknown = payload;
    for (const [where, kind, key, value] of edits) {
      if (kind === "put") result = replaced(result, [key], value);
      else if (kind === "drop") result = replaced(result, [key], undefined);
      else {
        const places = allPlaces(result);
        result = replaced(result, places[where % places.length]!, value);
      }
    }
    return result;
  });

const generated = fc.boolean().chain((whole) =>
  generatedMessage(whole ? "Experiment" : "Circuit", 5).map((bytes): Payload => {
    const body = Buffer.from(bytes).toString("base64");
    return whole
      ? { command: "probs", experiment: `:PCVL:Experiment:${body}` }
      : { command: "probs", circuit: `:PCVL:ACircuit:${body}` };
  }),
);

const emptyCircuit = ":PCVL:ACircuit:EAM=";
const grammars: readonly (readonly [string, string, readonly string[]])[] = [
  ["input_state", "BasicState", ["|1,0,2>", "|{P:H},2{_:1}1,0>", "|{0}{1},0,0>", "[1,0,0]"]],
  ["input_state", "StateVector", ["(0.7,0)*|1,0,0>+(0,-0.7)*|0,1,0>"]],
  ["input_state", "SVDistribution", ["{(1,0)*|1,0,0>=0.5;(1,0)*|0,1,0>=0.5}"]],
  ["postselect", "PostSelect", ["[0,1]==1 & ([2]>0 | !([0]<2))", "[0]==1 xor [1]>=1", "not [0]==1"]],
  ["noise", "NoiseModel", ['{"g2": 0.02, "brightness": 0.5, "g2_distinguishable": false}']],
];

const changedGrammar = fc.constantFrom(...grammars).chain(([key, tag, texts]) =>
  fc
    .constantFrom(...texts)
    .chain(mutatedText)
    .map((text): Payload => ({ command: "probs", circuit: emptyCircuit, [key]: `:PCVL:${tag}:${text}` })),
);

const changedFormula = fc
  .constantFrom("2*phi + pi/4", "(a - b)**2", "sqrt(2)*I/2", "-sin(a)", "1.5e-3")
  .chain(mutatedText)
  .map((expression): Payload => {
    const fields = { n_mode: 1, components: [{ phase_shifter: { phi: { expression } } }] };
    return { command: "probs", circuit: construct({ $tag: "ACircuit", fields }) };
  });

/** Payloads that are mostly wrong somewhere: made from real ones, or from what messages and grammars look like. */
export const hostilePayload: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 1000, arbitrary: changedInside },
  { weight: 400, arbitrary: changedShape },
  { weight: 400, arbitrary: generated },
  { weight: 400, arbitrary: changedGrammar },
  { weight: 200, arbitrary: changedFormula },
  { weight: 200, arbitrary: fc.constantFrom(...malicious) },
  // Seldom, since one takes as long as hundreds of others.
  { weight: 5, arbitrary: fc.constantFrom(...large).map((payload) => payload()) },
);

type Path = readonly (string | number)[];

function allPlaces(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, entry]) => allPlaces(entry, [...path, key]))];
}

function taggedPlaces(payload: unknown): Path[] {
  return allPlaces(payload).filter((path) => {
    const value = valueAt(payload, path);
    return typeof value === "string" && value.startsWith(":PCVL:");
  });
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce((inner, key) => (inner as Payload)[key], value);
}

/** A copy with another value at a place; undefined takes it away. Keys such as `__proto__` stay keys. */
function replaced(value: unknown, [key, ...rest]: Path, by: unknown): unknown {
  if (key === undefined) return by;
  if (typeof value !== "object" || value === null) return by;
  const entries = Object.entries(value).filter(([known]) => known !== String(key));
  const inner = replaced(Object.hasOwn(value, key) ? (value as Payload)[key] : undefined, rest, by);
  if (inner !== undefined) entries.push([String(key), inner]);
  if (Array.isArray(value)) return entries.map(([, entry]) => entry);
  return Object.fromEntries(entries);
}
