import fc from "fast-check";
import {
  type AnnotatedState,
  type Circuit,
  type ComplexMatrix,
  type Component,
  conventions,
  type Detector,
  type Experiment,
  formula,
  type Herald,
  type Input,
  identity,
  type Mixture,
  type NoiseModel,
  type Parameter,
  type Photon,
  type Placed,
  type Port,
  type PostSelection,
  type StateVector,
} from "../src/model/index.ts";

/** Plain objects: those without a prototype are no equals of what a decoder makes. */
function record<T, K extends keyof T = keyof T>(
  of: { [P in keyof T]: fc.Arbitrary<T[P]> },
  constraints: { requiredKeys?: K[] } = {},
) {
  return fc.record<T, K>(of, { ...constraints, noNullPrototype: true });
}

/** Any finite number, of any magnitude. */
export const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,10}$/);
const title = fc.string({ unit: "grapheme", maxLength: 12 });

const formulas = ["2*a + b/3", "(a - pi)**2", "sqrt(Abs(b))*sin(-a)", "a", "1e-3*a*b"];

export const parameter: fc.Arbitrary<Parameter> = fc.oneof(
  { weight: 4, arbitrary: finite.map((value): Parameter => ({ kind: "value", value })) },
  record({ kind: fc.constant("value" as const), value: finite, name }),
  name.map((symbol): Parameter => ({ kind: "symbol", name: symbol })),
  fc
    .tuple(fc.constantFrom(...formulas), fc.option(fc.double({ min: -9, max: 9, noNaN: true })))
    .map(([text, a]) => formula(text, new Map(a === null ? [] : [["a", a]]))),
);

/** A product of rotations of two neighbouring modes each. */
export const unitaryMatrix: fc.Arbitrary<ComplexMatrix> = fc
  .tuple(
    fc.integer({ min: 1, max: 5 }),
    fc.array(fc.tuple(fc.nat(), fc.double({ min: -9, max: 9, noNaN: true }))),
  )
  .map(([size, turns]) => {
    const matrix = identity(size);
    for (const [at, angle] of size > 1 ? turns : []) turn(matrix, at % (size - 1), angle);
    return matrix;
  });

function turn({ cols, data }: ComplexMatrix, row: number, angle: number): void {
  for (let part = 0; part < 2 * cols; part++) {
    const [upper, lower] = [data[2 * row * cols + part]!, data[2 * (row + 1) * cols + part]!];
    data[2 * row * cols + part] = Math.cos(angle) * upper - Math.sin(angle) * lower;
    data[2 * (row + 1) * cols + part] = Math.sin(angle) * upper + Math.cos(angle) * lower;
  }
}

const leaf: fc.Arbitrary<Component> = fc.oneof(
  record({
    kind: fc.constant("beam-splitter" as const),
    convention: fc.constantFrom(...conventions),
    theta: parameter,
    phiTopLeft: parameter,
    phiBottomLeft: parameter,
    phiTopRight: parameter,
    phiBottomRight: parameter,
  }),
  record({ kind: fc.constant("phase-shifter" as const), phi: parameter, maxError: parameter }),
  fc
    .shuffledSubarray([0, 1, 2, 3], { minLength: 4 })
    .map((permutation): Component => ({ kind: "permutation", permutation })),
  record({
    kind: fc.constant("unitary" as const),
    matrix: unitaryMatrix,
    name: title,
    polarized: fc.constant(false),
  }),
  record({
    kind: fc.constant("wave-plate" as const),
    plate: fc.constant("any" as const),
    delta: parameter,
    xsi: parameter,
  }),
  parameter.map(
    (xsi): Component => ({
      kind: "wave-plate",
      plate: "half",
      delta: { kind: "value", value: Math.PI / 2 },
      xsi,
    }),
  ),
  parameter.map((delta): Component => ({ kind: "polarization-rotator", delta })),
  parameter.map((periods): Component => ({ kind: "time-delay", periods })),
  fc
    .double({ min: 0, max: 1, noNaN: true })
    .map((value): Component => ({ kind: "loss-channel", loss: { kind: "value", value } })),
  fc.constant<Component>({ kind: "polarized-beam-splitter" }),
  record({
    kind: fc.constant("barrier" as const),
    modes: fc.integer({ min: 1, max: 8 }),
    visible: fc.boolean(),
  }),
);

const modes = 12;

export const circuit: fc.Arbitrary<Circuit> = fc.letrec<{ circuit: Circuit; component: Component }>(
  (tie) => ({
    circuit: record({
      kind: fc.constant("circuit" as const),
      name: title,
      modes: fc.constant(modes),
      components: fc.array(placed(tie("component")), { maxLength: 4 }),
    }),
    component: fc.oneof({ depthSize: "small", withCrossShrink: true }, leaf, tie("circuit")),
  }),
).circuit;

function placed(component: fc.Arbitrary<Component>): fc.Arbitrary<Placed> {
  return component.chain((each) =>
    fc.integer({ min: 0, max: each.kind === "circuit" ? 0 : 4 }).map((mode) => ({ mode, component: each })),
  );
}

const feedForward = {
  name: title,
  measured: fc.constant(2),
  offset: fc.constantFrom(0, 1),
  blockCircuitSize: fc.boolean(),
};
const small = circuit.map((of): Circuit => ({ ...of, modes, components: of.components }));
const measuredState = fc.tuple(fc.nat(3), fc.nat(3)).map((counts) => counts.join(","));
const values = fc
  .uniqueArray(fc.tuple(name, fc.float({ noNaN: true, noDefaultInfinity: true })), {
    selector: ([key]) => key,
    maxLength: 3,
  })
  .map((entries) => new Map(entries));

const choosing: fc.Arbitrary<Component> = fc.oneof(
  record({
    kind: fc.constant("feed-forward-configurator" as const),
    ...feedForward,
    circuit: small,
    defaultValues: values,
    values: fc
      .uniqueArray(fc.tuple(measuredState, values), { selector: ([key]) => key, maxLength: 3 })
      .map((entries) => new Map(entries)),
  }),
  record({
    kind: fc.constant("feed-forward-circuit-provider" as const),
    ...feedForward,
    defaultCircuit: small,
    circuits: fc
      .uniqueArray(fc.tuple(measuredState, small), { selector: ([key]) => key, maxLength: 3 })
      .map((entries) => new Map(entries)),
  }),
);

export const component: fc.Arbitrary<Component> = fc.oneof({ weight: 4, arbitrary: leaf }, circuit, choosing);

const photon: fc.Arbitrary<Photon> = record(
  {
    tag: fc.oneof(
      fc.integer({ min: 1, max: 99 }).map(String),
      fc.constantFrom("x:1", "x:1,y:0.5", "2,z:-1e-7"),
    ),
    polarization: fc.oneof(
      fc.constantFrom({ theta: 0, phi: 0 }, { theta: Math.PI / 2, phi: Math.PI }),
      record({ theta: finite, phi: finite }),
    ),
  },
  { requiredKeys: [] },
);

const fockState = fc.array(fc.nat(20), { maxLength: 8 });
export const annotatedState: fc.Arbitrary<AnnotatedState> = fc.array(fc.array(photon, { maxLength: 4 }), {
  minLength: 1,
  maxLength: 6,
});

const amplitudes = fc
  .array(fc.tuple(finite, finite), { minLength: 1, maxLength: 4 })
  .filter((all) => all.some(([re, im]) => re !== 0 || im !== 0));
export const stateVector: fc.Arbitrary<StateVector> = amplitudes.chain((all) =>
  fc
    .array(fc.tuple(fc.array(photon, { maxLength: 2 }), fc.array(photon, { maxLength: 2 })), {
      minLength: all.length,
      maxLength: all.length,
    })
    .map((states) => states.map((state, i) => ({ re: all[i]![0], im: all[i]![1], state }))),
);
/** Powers of two, so that probabilities sum to one exactly. */
export const mixture: fc.Arbitrary<Mixture> = fc
  .array(stateVector, { minLength: 1, maxLength: 4 })
  .map((vectors) =>
    vectors.map((vector, i) => ({ probability: 2 ** -Math.min(i + 1, vectors.length - 1), vector })),
  );

export const input: fc.Arbitrary<Input> = fc.oneof(
  fockState.map((state): Input => ({ kind: "fock", state })),
  annotatedState
    .filter((state) =>
      state.flat().some(({ tag, polarization }) => tag !== undefined || polarization !== undefined),
    )
    .map((state): Input => ({ kind: "annotated", state })),
  mixture.map((of): Input => ({ kind: "mixture", mixture: of })),
);

const share = fc.double({ min: 0, max: 1, noNaN: true }).map((value) => value + 0);
export const noise: fc.Arbitrary<NoiseModel> = record({
  brightness: share,
  indistinguishability: share,
  g2: fc.double({ min: 0, max: 0.5, noNaN: true }),
  g2Distinguishable: fc.boolean(),
  transmittance: share,
  phaseImprecision: fc.double({ min: 0, max: 1e6, noNaN: true }),
  phaseError: fc.double({ min: 0, max: 3, noNaN: true }),
});

const condition: fc.Arbitrary<PostSelection> = record({
  kind: fc.constant("count" as const),
  modes: fc
    .uniqueArray(fc.nat(modes - 1), { minLength: 1, maxLength: 4 })
    .map((all) => all.toSorted((a, b) => a - b)),
  comparison: fc.constantFrom("==", ">=", "<=", ">", "<"),
  photons: fc.nat(20),
});
export const postSelection: fc.Arbitrary<PostSelection> = fc.letrec<{ any: PostSelection }>((tie) => ({
  any: fc.oneof(
    { depthSize: "small" },
    condition,
    record({
      kind: fc.constantFrom("and" as const, "or" as const, "xor" as const),
      of: fc.array(tie("any"), { minLength: 2, maxLength: 3 }),
    }),
    tie("any").map((of): PostSelection => ({ kind: "not", of })),
  ),
})).any;

export const detector: fc.Arbitrary<Detector> = fc.oneof(
  record({
    kind: fc.constant("layers" as const),
    name: title,
    layers: fc.integer({ min: 1, max: 8 }),
    reflectivity: share,
  }),
  fc
    .tuple(title, fc.integer({ min: 1, max: 40 }), fc.nat(), fc.double({ min: 0.01, max: 1, noNaN: true }))
    .map(
      ([of, wires, most, efficiency]): Detector => ({
        kind: "wires",
        name: of,
        wires,
        maxDetections: 1 + (most % wires),
        efficiency,
      }),
    ),
  title.map((of): Detector => ({ kind: "wires", name: of, efficiency: 1 })),
);

export const port: fc.Arbitrary<Port | Herald> = fc.oneof(
  record({ kind: fc.constant("port" as const), name: title, encoding: fc.constantFrom(0, 1, 4, 10) }),
  record({
    kind: fc.constant("herald" as const),
    name: title,
    photons: fc.nat(9),
    autogeneratedName: fc.boolean(),
  }),
);

function onModes<T>(of: fc.Arbitrary<T>): fc.Arbitrary<Map<number, T>> {
  return fc
    .uniqueArray(fc.tuple(fc.nat(modes - 1), of), { selector: ([mode]) => mode, maxLength: 3 })
    .map((entries) => new Map(entries));
}

export const experiment: fc.Arbitrary<Experiment> = record(
  {
    kind: fc.constant("experiment" as const),
    name: title,
    modes: fc.constant(32),
    components: fc.array(placed(component), { maxLength: 4 }),
    input,
    inputPorts: onModes(port),
    outputPorts: onModes(port),
    detectors: onModes(detector),
    noise,
    postSelection,
    minDetectedPhotons: fc.integer({ min: -3, max: 40 }),
  },
  {
    requiredKeys: [
      "kind",
      "name",
      "modes",
      "components",
      "inputPorts",
      "outputPorts",
      "detectors",
      "noise",
      "minDetectedPhotons",
    ],
  },
);
