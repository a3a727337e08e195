import { isAscii } from "node:buffer";
import { deflateSync, inflateSync } from "node:zlib";
import { BadPayload } from "./bad-payload.ts";
import { release } from "./release.ts";

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
/** No byte of deflated data makes more than this many. */
const ratioMax = 1_032;

/** Inflates zlib bytes to text, never to more than `most` bytes. @throws {BadPayload} `zip_*` */
export function inflate(bytes: Uint8Array, most: number, path: string): string {
  const { buffer, engine } = inflateBounded(bytes, most, path);
  if (engine.bytesWritten !== bytes.length) {
    throw new BadPayload(
      "zip_syntax",
      path,
      `${bytes.length - engine.bytesWritten} bytes after the end of the data`,
      "zlib data alone",
    );
  }
  try {
    return isAscii(buffer) ? buffer.toString("latin1") : utf8.decode(buffer);
  } catch (cause) {
    throw new BadPayload("zip_syntax", path, "bytes that are not UTF-8 when inflated", "UTF-8 text", {
      cause,
    });
  } finally {
    release(buffer);
  }
}

function inflateBounded(bytes: Uint8Array, most: number, path: string): Inflated {
  // One chunk that all fits in: its pages are taken only as they are written, and chunks need not be joined.
  const chunkSize = Math.min(Math.max(1, most) + 1, ratioMax * bytes.length + 1024);
  try {
    return inflateSync(bytes, {
      maxOutputLength: Math.max(1, most),
      chunkSize,
      info: true,
    }) as unknown as Inflated;
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
    if (code === "ERR_BUFFER_TOO_LARGE") {
      throw new BadPayload(
        "zip_too_large",
        path,
        `more than ${most} bytes when inflated`,
        `at most ${most}`,
        { cause },
      );
    }
    throw new BadPayload("zip_syntax", path, "bytes that do not inflate", "zlib data", { cause });
  }
}

/** What Node gives when it is asked for `info`, which its types do not know. */
interface Inflated {
  readonly buffer: Buffer;
  readonly engine: { readonly bytesWritten: number };
}

/** A whole `:PCVL:` text as `:PCVL:zip:<base64 of its zlib>`. */
export function zipped(text: string): string {
  return `:PCVL:zip:${deflateSync(text).toString("base64")}`;
}
