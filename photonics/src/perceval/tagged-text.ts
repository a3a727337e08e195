import { quote } from "../model/index.ts";
import { BadPayload } from "./bad-payload.ts";
import type { Limits } from "./limits.ts";
import { inflate } from "./zlib-text.ts";

/** A `:PCVL:<tag>:<body>` string, taken apart. */
export interface Tagged {
  readonly tag: string;
  readonly body: string;
}

/** What has been read of one payload so far, against its limits. */
export class Reading {
  readonly limits: Limits;
  #inflated = 0;
  #zipped = 0;
  #components = 0;

  constructor(limits: Limits) {
    this.limits = limits;
  }

  /** Takes a string apart, inflating it where it is zipped; undefined when it is not tagged. */
  tagged(text: string, path: string): Tagged | undefined {
    if (!text.startsWith(":PCVL:")) return undefined;
    const { tag, body } = split(text, path);
    if (tag !== "zip") return { tag, body };
    const inner = split(this.#unzip(body, path), path);
    if (inner.tag === "zip") throw new BadPayload("zip_nested", path, "a zip inside a zip", "one zip");
    return inner;
  }

  countComponent(path: string): void {
    this.#components += 1;
    if (this.#components > this.limits.components) {
      throw new BadPayload(
        "too_many_components",
        path,
        `more than ${this.limits.components} components`,
        `at most ${this.limits.components}`,
      );
    }
  }

  #unzip(body: string, path: string): string {
    this.#zipped += 1;
    if (this.#zipped > this.limits.zippedStrings) {
      throw new BadPayload(
        "too_many_zips",
        path,
        `more than ${this.limits.zippedStrings} zipped strings`,
        `at most ${this.limits.zippedStrings}`,
      );
    }
    const most = Math.min(this.limits.inflatedBytesEach, this.limits.inflatedBytes - this.#inflated);
    const text = inflate(decodeBase64(body, path), most, path);
    this.#inflated += text.length;
    return text;
  }
}

function split(text: string, path: string): Tagged {
  const match = /^:PCVL:([A-Za-z]{1,32}):/.exec(text);
  if (match === null) throw new BadPayload("tag_syntax", path, quote(text), ":PCVL:<tag>:<body>");
  return { tag: match[1]!, body: text.slice(match[0].length) };
}

/** @throws {BadPayload} `base64` for text that another decoder could read otherwise */
export function decodeBase64(text: string, path: string): Uint8Array<ArrayBuffer> {
  const bytes = Uint8Array.from(Buffer.from(text, "base64"));
  const expected = Math.floor((text.length * 3) / 4) - (text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0);
  if (text.length % 4 !== 0 || bytes.length !== expected || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) {
    throw new BadPayload("base64", path, quote(text), "base64 with padding");
  }
  return bytes;
}
