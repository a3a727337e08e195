import { deflate, inflateText, toBase64 } from "#bytes";
import { BadPayload } from "./bad-payload.ts";
import type { Inflated } from "./bytes.ts";

/** Inflates zlib bytes to text, never to more than `most` bytes. @throws {BadPayload} `zip_*` */
export function inflate(bytes: Uint8Array, most: number, path: string): string {
  const inflated = attempt(bytes, most, path);
  switch (inflated.kind) {
    case "text":
      return inflated.text;
    case "too-large":
      throw new BadPayload("zip_too_large", path, `more than ${most} bytes when inflated`, `at most ${most}`);
    case "followed":
      throw new BadPayload(
        "zip_syntax",
        path,
        `${inflated.rest} bytes after the end of the data`,
        "zlib data alone",
      );
    case "not-utf8":
      throw new BadPayload("zip_syntax", path, "bytes that are not UTF-8 when inflated", "UTF-8 text", {
        cause: inflated.cause,
      });
  }
}

function attempt(bytes: Uint8Array, most: number, path: string): Inflated {
  try {
    return inflateText(bytes, most);
  } catch (cause) {
    throw new BadPayload("zip_syntax", path, "bytes that do not inflate", "zlib data", { cause });
  }
}

/** A whole `:PCVL:` text as `:PCVL:zip:<base64 of its zlib>`. */
export function zipped(text: string): string {
  return `:PCVL:zip:${toBase64(deflate(text))}`;
}
