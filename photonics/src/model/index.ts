export { CircuitBuilder, circuit } from "./build-circuit.ts";
export {
  type BeamSplitterOptions,
  barrier,
  beamSplitter,
  halfWavePlate,
  lossChannel,
  parameter,
  permutation,
  phaseShifter,
  polarizationRotator,
  polarizedBeamSplitter,
  quarterWavePlate,
  type Setting,
  timeDelay,
  unitary,
  wavePlate,
} from "./build-component.ts";
export { type ExperimentOptions, experiment, type JobOptions, job } from "./build-experiment.ts";
export type { Circuit } from "./circuit.ts";
export { type ComplexMatrix, identity, multiply, unitarityDeviation } from "./complex-matrix.ts";
export {
  type Barrier,
  type BeamSplitter,
  type Component,
  type Convention,
  conventions,
  type FeedForwardCircuitProvider,
  type FeedForwardConfigurator,
  type LossChannel,
  modesOf,
  type Permutation,
  type PhaseShifter,
  type Placed,
  type PolarizationRotator,
  type PolarizedBeamSplitter,
  type TimeDelay,
  type Unitary,
  type WavePlate,
} from "./component.ts";
export { boundsOfCondition, type CountBounds } from "./condition-bounds.ts";
export {
  type Detector,
  type LayeredDetector,
  largestCount,
  pnrDetector,
  resolvesPhotonNumber,
  thresholdDetector,
  type WireDetector,
} from "./detector.ts";
export { type Complex, evaluateComplex, evaluateExpression } from "./evaluate-expression.ts";
export { type Experiment, type Herald, heraldsOf, misfitOf, type Port } from "./experiment.ts";
export { type Expression, namesIn } from "./expression.ts";
export { chosenModes, chosenSize, type FeedForward, isFeedForward } from "./feed-forward.ts";
export { type Command, commands, type Iteration, type PhotonicJob } from "./job.ts";
export { Malformed, type MalformedCode, quote } from "./malformed.ts";
export { isPerfectSource, type NoiseModel, noNoise } from "./noise.ts";
export { type Assignment, formula, none, numberOf, type Parameter, symbol, value } from "./parameter.ts";
export { parseExpression } from "./parse-expression.ts";
export { parseNumber, printNumber } from "./parse-number.ts";
export { parseAnnotatedState, parseFockState, parseState } from "./parse-state.ts";
export {
  fulfils,
  largestModeIn,
  type PostSelection,
  parsePostSelection,
  printPostSelection,
} from "./post-selection.ts";
export { printAnnotatedState, printFockState } from "./print-state.ts";
export type { RunResult, SimulationResult, StateTable } from "./result.ts";
export {
  type AnnotatedState,
  annotated,
  type FockState,
  type Input,
  isAnnotated,
  type Mixture,
  modesMax,
  type Photon,
  type Polarization,
  photonsIn,
  photonsMax,
  type StateVector,
} from "./state.ts";
export { parseMixture, parseStateVector, printMixture, printStateVector } from "./state-vector.ts";
