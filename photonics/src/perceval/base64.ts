import { fromBase64, toBase64 } from "#bytes";
import { quote } from "../model/index.ts";
import { BadPayload } from "./bad-payload.ts";

/** @throws {BadPayload} `base64` for text that another decoder could read otherwise */
export function decodeBase64(text: string, path: string): Uint8Array<ArrayBuffer> {
  const bytes = fromBase64(text);
  if (bytes === undefined) throw new BadPayload("base64", path, quote(text), "base64 with padding");
  return bytes;
}

export const encodeBase64 = toBase64;
