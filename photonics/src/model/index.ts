export type { Circuit } from "./circuit.ts";
export { type ComplexMatrix, identity, multiply, unitarityDeviation } from "./complex-matrix.ts";
export {
  type BeamSplitter,
  type Component,
  type Convention,
  conventions,
  type FeedForwardCircuitProvider,
  type FeedForwardConfigurator,
  modesOf,
  type Permutation,
  type PhaseShifter,
  type Placed,
  type Unitary,
  type WavePlate,
} from "./component.ts";
export {
  type Detector,
  largestCount,
  pnrDetector,
  resolvesPhotonNumber,
  thresholdDetector,
} from "./detector.ts";
export { type Experiment, type Herald, heraldsOf, type Port } from "./experiment.ts";
export { type Expression, evaluateExpression, namesIn, parseExpression } from "./expression.ts";
export { type Command, commands, type Iteration, type PhotonicJob } from "./job.ts";
export { Malformed, quote } from "./malformed.ts";
export { isPerfectSource, type NoiseModel, noNoise } from "./noise.ts";
export { type Assignment, none, numberOf, type Parameter, value } from "./parameter.ts";
export {
  fulfils,
  largestModeIn,
  type PostSelection,
  parsePostSelection,
  printPostSelection,
} from "./post-selection.ts";
export type { RunResult, SimulationResult, StateTable } from "./result.ts";
export {
  type AnnotatedState,
  type FockState,
  type Input,
  isAnnotated,
  type Mixture,
  modesMax,
  type Photon,
  type Polarization,
  parseAnnotatedState,
  parseFockState,
  photonsIn,
  printFockState,
  type StateVector,
} from "./state.ts";
