import { Unzlib, zlibSync } from "fflate";
import type { Inflated } from "./bytes.ts";

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const base64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** The bytes of base64 with padding; undefined for text that another decoder could read otherwise. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (text.length % 4 !== 0 || !base64.test(text)) return undefined;
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** Characters that one call of `fromCharCode` makes: it takes them as arguments, of which there is a limit. */
const piece = 8192;

export function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (let from = 0; from < bytes.length; from += piece) {
    text += String.fromCharCode(...bytes.subarray(from, from + piece));
  }
  return btoa(text);
}

export function deflate(text: string): Uint8Array {
  return zlibSync(new TextEncoder().encode(text));
}

/** Bytes taken in at once: each can become at most 1032, so this bounds what exceeds `most` before it is noticed. */
const intake = 4096;
const checksumBytes = 4;

/** Inflates zlib data, never to more than `most` bytes. @throws {Error} for bytes that do not inflate */
export function inflateText(bytes: Uint8Array, most: number): Inflated {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const inflating = new Unzlib((chunk) => {
    chunks.push(chunk);
    length += chunk.length;
  });
  for (let from = 0; from === 0 || from < bytes.length; from += intake) {
    inflating.push(bytes.subarray(from, from + intake), from + intake >= bytes.length);
    if (length > most) return { kind: "too-large" };
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  if (bytes.length < checksumBytes || adler32(whole) !== readChecksum(bytes)) {
    throw new Error("the checksum at the end is not that of the data");
  }
  try {
    return { kind: "text", text: utf8.decode(whole) };
  } catch (cause) {
    return { kind: "not-utf8", cause };
  }
}

function readChecksum(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(bytes.length - checksumBytes);
}

/** The checksum of zlib data, RFC 1950 section 9. */
function adler32(bytes: Uint8Array): number {
  const modulus = 65_521;
  // Sums of so many bytes stay below 2^53 before they are reduced.
  const block = 4096;
  let a = 1;
  let b = 0;
  for (let from = 0; from < bytes.length; from += block) {
    for (const byte of bytes.subarray(from, from + block)) {
      a += byte;
      b += a;
    }
    a %= modulus;
    b %= modulus;
  }
  return ((b << 16) | a) >>> 0;
}
