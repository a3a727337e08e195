export { BadPayload } from "./bad-payload.ts";
export { type BadPayloadCode, badPayloadCodes } from "./bad-payload-codes.ts";
export { decodePayload } from "./decode-payload.ts";
export { decodeResult, type ReadRun } from "./decode-result.ts";
export { type DecodedValue, decodeValue, type TaggedValue } from "./decode-value.ts";
export { encodeIteration, encodePayload } from "./encode-payload.ts";
export {
  encodeAround,
  encodeResult,
  encodeStates,
  encodeStep,
  joinSteps,
  type WriteTables,
} from "./encode-result.ts";
export {
  type EncodeOptions,
  encodeCircuit,
  encodeComponent,
  encodeDetector,
  encodeExperiment,
  encodeInput,
  encodeMatrix,
  encodeMixture,
  encodeNoise,
  encodePort,
  encodePostSelection,
  encodeState,
  encodeStateVector,
  encodeValue,
} from "./encode-value.ts";
export { defaultLimits, type Limits } from "./limits.ts";
export type { Tag, ValueOfTag } from "./tags.ts";
