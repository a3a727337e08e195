import {
  type AnnotatedState,
  annotated,
  type Circuit,
  type ComplexMatrix,
  type Component,
  type Detector,
  type Experiment,
  type FockState,
  type Herald,
  type Input,
  type Mixture,
  type NoiseModel,
  type Port,
  type PostSelection,
  type StateVector,
} from "../model/index.ts";
import { inputText } from "./encode-experiment.ts";
import { forms, type Tag, type ValueOfTag } from "./tags.ts";
import { zipped } from "./zlib-text.ts";

export interface EncodeOptions {
  /** Whether the string is compressed, as clients do with circuits and experiments. */
  readonly zip?: boolean;
}

/** Writes a value as the tagged string that clients read; numbers keep all their digits. */
export function encodeValue<T extends Tag>(
  tag: T,
  value: ValueOfTag[T],
  { zip = false }: EncodeOptions = {},
): string {
  return tagText(`:PCVL:${tag}:${forms[tag].write(value)}`, zip);
}

function tagText(text: string, zip: boolean): string {
  return zip ? zipped(text) : text;
}

export function encodeExperiment(experiment: Experiment, { zip = true }: EncodeOptions = {}): string {
  return encodeValue("Experiment", experiment, { zip });
}

export function encodeCircuit(circuit: Circuit, { zip = true }: EncodeOptions = {}): string {
  return encodeValue("ACircuit", circuit, { zip });
}

export function encodeComponent(component: Component, { zip = true }: EncodeOptions = {}): string {
  return encodeValue("Component", component, { zip });
}

export function encodeMatrix(matrix: ComplexMatrix, options?: EncodeOptions): string {
  return encodeValue("Matrix", matrix, options);
}

export function encodeState(state: FockState | AnnotatedState, options?: EncodeOptions): string {
  const alike = state.every((each) => typeof each === "number");
  return encodeValue("BasicState", alike ? annotated(state) : (state as AnnotatedState), options);
}

export function encodeStateVector(vector: StateVector, options?: EncodeOptions): string {
  return encodeValue("StateVector", vector, options);
}

export function encodeMixture(mixture: Mixture, options?: EncodeOptions): string {
  return encodeValue("SVDistribution", mixture, options);
}

/** What enters an experiment, in the shortest form that holds it. */
export function encodeInput(input: Input, { zip = false }: EncodeOptions = {}): string {
  return tagText(inputText(input), zip);
}

export function encodeNoise(noise: NoiseModel, options?: EncodeOptions): string {
  return encodeValue("NoiseModel", noise, options);
}

export function encodePostSelection(condition: PostSelection | undefined, options?: EncodeOptions): string {
  return encodeValue("PostSelect", condition, options);
}

export function encodeDetector(detector: Detector, options?: EncodeOptions): string {
  return detector.kind === "layers"
    ? encodeValue("BSLayeredDetector", detector, options)
    : encodeValue("Detector", detector, options);
}

export function encodePort(port: Port | Herald, { zip = true }: EncodeOptions = {}): string {
  return port.kind === "herald" ? encodeValue("Herald", port, { zip }) : encodeValue("Port", port, { zip });
}
