import { Malformed } from "../model/index.ts";
import type { BadPayloadCode } from "./bad-payload-codes.ts";

/** A payload that is refused: where inside it, what was found there and what is allowed. */
export class BadPayload extends Error {
  override readonly name = "BadPayload";
  /** Stable, for programs. */
  readonly code: BadPayloadCode;
  /** Such as `payload.experiment.components[3].beam_splitter.theta`. */
  readonly path: string;
  readonly found: string;
  readonly allowed: string;

  constructor(
    code: BadPayloadCode,
    path: string,
    found: string,
    allowed: string,
    options?: { cause: unknown },
  ) {
    super(`Cannot read ${path}: found ${found}; allowed is ${allowed}.`, options);
    this.code = code;
    this.path = path;
    this.found = found;
    this.allowed = allowed;
  }
}

/** Reads a part of a payload, and says where it stands when it is malformed. */
export function at<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof Malformed)
      throw new BadPayload(cause.code, path, cause.found, cause.allowed, { cause });
    throw cause;
  }
}
