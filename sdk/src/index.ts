export {
  type BeamSplitterOptions,
  barrier,
  beamSplitter,
  type Circuit,
  type Command,
  type ComplexMatrix,
  type Component,
  circuit,
  type Detector,
  type Experiment,
  type ExperimentOptions,
  experiment,
  type FockState,
  formula,
  halfWavePlate,
  type Input,
  type JobOptions,
  job as photonicJob,
  lossChannel,
  type NoiseModel,
  type Parameter,
  type PhotonicJob,
  parseFockState,
  permutation,
  phaseShifter,
  pnrDetector,
  polarizationRotator,
  polarizedBeamSplitter,
  printFockState,
  quarterWavePlate,
  thresholdDetector,
  timeDelay,
  unitary,
  wavePlate,
} from "@corbenic/photonics/model";
export { BadPayload, decodePayload, encodePayload } from "@corbenic/photonics/perceval";
export { Api, type ApiCallOptions, type CallOptions } from "./api.ts";
export { ApiKey, type ApiKeyProperties } from "./api-key.ts";
export { AssertionError } from "./assertion-error.ts";
export type { Clock } from "./clock.ts";
export { CloudContext, type ContextOptions } from "./cloud-context.ts";
export { CloudError, type CloudErrorCode } from "./cloud-error.ts";
export { Distribution, type Outcome } from "./distribution.ts";
export type { ExperimentRequest } from "./experiment-request.ts";
export {
  type FollowOptions,
  followJobs,
  type JobNews,
  type ProgressNews,
  type StatusNews,
  type StreamNews,
} from "./follow-jobs.ts";
export { readHealth } from "./health.ts";
export { hongOuMandel } from "./hong-ou-mandel.ts";
export {
  Job,
  type JobProperties,
  type Payload,
  type SubmitOptions,
  type WaitOptions,
} from "./job.ts";
export { JobFailedError } from "./job-failed-error.ts";
export { JobToken, type JobTokenProperties } from "./job-token.ts";
export type { Lease } from "./lease.ts";
export { LoginToken } from "./login-token.ts";
export { NotImplementedError } from "./not-implemented-error.ts";
export { type FetchOptions, Platform, type PlatformProperties } from "./platform.ts";
export type { Random } from "./random.ts";
export { type JobResults, type RunResults, readResults, writeResults } from "./results.ts";
export { TokenType } from "./token-type.ts";
export { User } from "./user.ts";
export type { UserProperties } from "./user-properties.ts";
export type { JobStatus } from "./watch-job.ts";
