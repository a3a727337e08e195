import { quote } from "../model/index.ts";
import { BadPayload } from "./bad-payload.ts";

/** @throws {BadPayload} `base64` for text that another decoder could read otherwise */
export function decodeBase64(text: string, path: string): Uint8Array<ArrayBuffer> {
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  const length = (text.length / 4) * 3 - padding;
  // Node skips what is not base64 and takes two more characters for it: a length that fits excludes the former.
  const bytes = text.length % 4 === 0 ? Buffer.from(text, "base64") : undefined;
  const equals = text.indexOf("=");
  if (
    bytes === undefined ||
    bytes.length !== length ||
    (equals >= 0 && equals !== text.length - padding) ||
    text.includes("-") ||
    text.includes("_")
  ) {
    throw new BadPayload("base64", path, quote(text), "base64 with padding");
  }
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}

export function encodeBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("base64");
}
