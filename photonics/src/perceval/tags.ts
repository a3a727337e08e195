import {
  type AnnotatedState,
  type Circuit,
  type ComplexMatrix,
  type Component,
  type Experiment,
  type Herald,
  type LayeredDetector,
  type Mixture,
  type NoiseModel,
  type Port,
  type PostSelection,
  printAnnotatedState,
  printMixture,
  printNumber,
  printPostSelection,
  printStateVector,
  type StateVector,
  type WireDetector,
} from "../model/index.ts";
import { BadPayload } from "./bad-payload.ts";
import { encodeBase64 } from "./base64.ts";
import { toCircuit } from "./decode-circuit.ts";
import { toComponent } from "./decode-component.ts";
import { toDetector, toLayeredDetector } from "./decode-detector.ts";
import { toExperiment } from "./decode-experiment.ts";
import { toMatrix } from "./decode-matrix.ts";
import { toHerald, toPort } from "./decode-port.ts";
import { readCondition, readMixture, readState, readStateVector } from "./decode-values.ts";
import { fromCircuit, fromComponent } from "./encode-component.ts";
import { fromDetector, fromLayeredDetector } from "./encode-detector.ts";
import { fromExperiment } from "./encode-experiment.ts";
import { fromMatrix } from "./encode-matrix.ts";
import { fromHerald, fromPort } from "./encode-port.ts";
import { parseNoise, printNoise } from "./noise-text.ts";
import { decodeMessageText } from "./protobuf-decode.ts";
import { encodeMessage } from "./protobuf-encode.ts";
import type { MessageName } from "./protobuf-schema.ts";
import type { Message, OutgoingMessage } from "./protobuf-types.ts";
import type { Reading } from "./reading.ts";
import { parseSamples, parseStates } from "./result-states.ts";

/** What a string of each tag holds. */
export interface ValueOfTag {
  readonly Matrix: ComplexMatrix;
  readonly ACircuit: Circuit;
  readonly Component: Component;
  readonly Experiment: Experiment;
  readonly Herald: Herald;
  readonly Port: Port;
  readonly Detector: WireDetector;
  readonly BSLayeredDetector: LayeredDetector;
  readonly BasicState: AnnotatedState;
  readonly StateVector: StateVector;
  readonly SVDistribution: Mixture;
  /** Probabilities, by the text of their states. */
  readonly BSDistribution: ReadonlyMap<string, number>;
  readonly BSCount: ReadonlyMap<string, number>;
  /** The text of each sample's state, in the order in which they were taken. */
  readonly BSSamples: readonly string[];
  readonly NoiseModel: NoiseModel;
  /** Absent where nothing is asked. */
  readonly PostSelect: PostSelection | undefined;
}
export type Tag = keyof ValueOfTag;

/** How the strings of a tag are read and written. */
interface Form<Value> {
  /** @throws {BadPayload} */
  readonly read: (body: string, path: string, reading: Reading) => Value;
  readonly write: (value: Value) => string;
}

/** Messages travel as base64. */
function message<Name extends MessageName, Value>(
  name: Name,
  read: (message: Message<Name>, path: string, reading: Reading) => Value,
  write: (value: Value) => OutgoingMessage<Name>,
): Form<Value> {
  return {
    read: (body, path, reading) => read(decodeMessageText(name, body, path, reading), path, reading),
    write: (value) => encodeBase64(encodeMessage(name, write(value))),
  };
}

/** Distributions and counts are read whole only where they are results. */
function bounded<Value>(parse: (body: string, path: string) => Value): Form<Value>["read"] {
  return (body, path, { limits: { stringLength } }) => {
    if (body.length > stringLength)
      throw new BadPayload("string_too_long", path, `${body.length} characters`, `at most ${stringLength}`);
    return parse(body, path);
  };
}

const states: Form<ReadonlyMap<string, number>> = {
  read: bounded(parseStates),
  write: (values) =>
    `{${Array.from(values, ([state, value]) => `${state}=${printNumber(value)}`).join(";")}}`,
};

export const forms: { readonly [T in Tag]: Form<ValueOfTag[T]> } = {
  Matrix: message("Matrix", toMatrix, fromMatrix),
  ACircuit: message("Circuit", toCircuit, fromCircuit),
  Component: message("Component", toComponent, (component) => fromComponent({ mode: 0, component })),
  Experiment: message("Experiment", toExperiment, fromExperiment),
  Herald: message("Herald", toHerald, fromHerald),
  Port: message("Port", toPort, fromPort),
  Detector: message("Detector", toDetector, fromDetector),
  BSLayeredDetector: message("BSLayeredPPNR", toLayeredDetector, fromLayeredDetector),
  BasicState: { read: readState, write: printAnnotatedState },
  StateVector: { read: readStateVector, write: printStateVector },
  SVDistribution: { read: readMixture, write: printMixture },
  BSDistribution: states,
  BSCount: states,
  BSSamples: { read: bounded(parseSamples), write: printSamples },
  NoiseModel: { read: parseNoise, write: printNoise },
  PostSelect: {
    read: readCondition,
    write: (condition) => (condition === undefined ? "" : printPostSelection(condition)),
  },
};

function printSamples(samples: readonly string[]): string {
  const numbers = new Map<string, number>();
  const order = samples.map((sample) => {
    const number = numbers.get(sample) ?? numbers.size;
    numbers.set(sample, number);
    return number;
  });
  return `${[...numbers.keys()].join(";")}/${order.join(";")}`;
}

/** @throws {BadPayload} `tag_unknown`, `compiled_circuit` */
export function requireKnownTag(tag: string, path: string): Tag {
  if (Object.hasOwn(forms, tag)) return tag as Tag;
  if (tag === "CompiledCircuit") {
    throw new BadPayload(
      "compiled_circuit",
      path,
      "a compiled circuit",
      "circuits of single components: a compiled one runs only on the processor it was compiled for",
    );
  }
  throw new BadPayload("tag_unknown", path, `:PCVL:${tag}:`, Object.keys(forms).join(", "));
}
