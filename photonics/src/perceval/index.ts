export { BadPayload } from "./bad-payload.ts";
export { decodePayload } from "./decode-payload.ts";
export { decodeResult, type ReadRun } from "./decode-result.ts";
export { encodeResult } from "./encode-result.ts";
export { defaultLimits, type Limits } from "./limits.ts";
