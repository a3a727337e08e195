import { isAscii } from "node:buffer";
import { deflateSync, inflateSync } from "node:zlib";
import type { Inflated } from "./bytes.ts";
import { release } from "./release.ts";

/** The bytes of base64 with padding; undefined for text that another decoder could read otherwise. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (text.length % 4 !== 0) return undefined;
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  const equals = text.indexOf("=");
  if ((equals >= 0 && equals !== text.length - padding) || text.includes("-") || text.includes("_")) {
    return undefined;
  }
  // Node skips what is not base64 and takes two more characters for it: a length that fits excludes the former.
  const bytes = Buffer.from(text, "base64");
  if (bytes.length !== (text.length / 4) * 3 - padding) return undefined;
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}

export function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("base64");
}

export function deflate(text: string): Uint8Array {
  return deflateSync(text);
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
/** No byte of deflated data makes more than this many. */
const ratioMax = 1_032;
/** The smallest chunk that Node takes. */
const chunkMin = 64;

/** Inflates zlib data, never to more than `most` bytes. @throws {Error} for bytes that do not inflate */
export function inflateText(bytes: Uint8Array, most: number): Inflated {
  const inflated = inflate(bytes, most);
  if (inflated === undefined) return { kind: "too-large" };
  const { buffer, engine } = inflated;
  try {
    const rest = bytes.length - engine.bytesWritten;
    if (rest !== 0) return { kind: "followed", rest };
    return { kind: "text", text: isAscii(buffer) ? buffer.toString("latin1") : utf8.decode(buffer) };
  } catch (cause) {
    return { kind: "not-utf8", cause };
  } finally {
    release(buffer);
  }
}

function inflate(bytes: Uint8Array, most: number): WithInfo | undefined {
  // One chunk that all fits in: its pages are taken only as they are written, and chunks need not be joined.
  const chunkSize = Math.min(Math.max(chunkMin, most + 1), ratioMax * bytes.length + 1024);
  try {
    return inflateSync(bytes, {
      maxOutputLength: Math.max(1, most),
      chunkSize,
      info: true,
    }) as unknown as WithInfo;
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ERR_BUFFER_TOO_LARGE") return undefined;
    throw cause;
  }
}

/** What Node gives when it is asked for `info`, which its types do not know. */
interface WithInfo {
  readonly buffer: Buffer;
  readonly engine: { readonly bytesWritten: number };
}
