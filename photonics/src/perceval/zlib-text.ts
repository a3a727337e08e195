import { deflateSync, inflateSync } from "node:zlib";
import { BadPayload } from "./bad-payload.ts";

/** Inflates zlib bytes to text, never to more than `most` bytes. @throws {BadPayload} `zip_*` */
export function inflate(bytes: Uint8Array, most: number, path: string): string {
  try {
    return inflateSync(bytes, { maxOutputLength: Math.max(1, most) }).toString("utf8");
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
    if (code === "ERR_BUFFER_TOO_LARGE") {
      throw new BadPayload(
        "zip_too_large",
        path,
        `more than ${most} bytes when inflated`,
        `at most ${most}`,
        {
          cause,
        },
      );
    }
    throw new BadPayload("zip_syntax", path, "bytes that do not inflate", "zlib data", { cause });
  }
}

/** A whole `:PCVL:` text as `:PCVL:zip:<base64 of its zlib>`. */
export function zipped(text: string): string {
  return `:PCVL:zip:${deflateSync(text).toString("base64")}`;
}
