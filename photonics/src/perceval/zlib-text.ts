import { deflateSync, inflateSync } from "node:zlib";
import { BadPayload } from "./bad-payload.ts";

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const chunkMax = 2 ** 20;

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
    return utf8.decode(buffer);
  } catch (cause) {
    throw new BadPayload("zip_syntax", path, "bytes that are not UTF-8 when inflated", "UTF-8 text", {
      cause,
    });
  }
}

function inflateBounded(bytes: Uint8Array, most: number, path: string): Inflated {
  const chunkSize = Math.min(chunkMax, Math.max(1024, 8 * bytes.length));
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
  readonly buffer: Uint8Array;
  readonly engine: { readonly bytesWritten: number };
}

/** A whole `:PCVL:` text as `:PCVL:zip:<base64 of its zlib>`. */
export function zipped(text: string): string {
  return `:PCVL:zip:${deflateSync(text).toString("base64")}`;
}
