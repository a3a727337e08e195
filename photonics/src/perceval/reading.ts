import { quote } from "../model/index.ts";
import { BadPayload } from "./bad-payload.ts";
import type { BadPayloadCode } from "./bad-payload-codes.ts";
import { decodeBase64 } from "./base64.ts";
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
  #text = 0;
  #zipped = 0;
  #components = 0;
  #messages = 0;
  #slots = 0;
  #values = 0;
  #grammar = 0;
  #characters = 0;

  constructor(limits: Limits) {
    this.limits = limits;
  }

  /** Takes a string apart, inflating it where it is zipped; undefined when it is not tagged. */
  tagged(text: string, path: string): Tagged | undefined {
    if (!isTagged(text)) return undefined;
    this.#countText(text, path);
    const { tag, body } = split(text, path);
    if (tag !== "zip") return { tag, body };
    const inner = split(this.#unzip(body, path), path);
    if (inner.tag === "zip") throw new BadPayload("zip_nested", path, "a zip inside a zip", "one zip");
    return inner;
  }

  /** The functions below are given where the thing stands, to be called only when there are too many. */
  countComponent(path: () => string): void {
    if (++this.#components > this.limits.components)
      refuse("too_many_components", path, this.limits.components, "components");
  }

  countMessage(path: () => string): void {
    if (++this.#messages > this.limits.messages)
      refuse("protobuf_too_large", path, this.limits.messages, "messages");
  }

  countValue(path: () => string): void {
    if (++this.#values > this.limits.jsonValues)
      refuse("json_too_large", path, this.limits.jsonValues, "values");
  }

  countCharacters(text: string, path: () => string): void {
    this.#characters += text.length;
    if (this.#characters > this.limits.payloadLength)
      refuse("json_too_large", path, this.limits.payloadLength, "characters");
  }

  countSlots(slots: number, path: () => string): void {
    this.#slots += slots;
    if (this.#slots > this.limits.stateSlots)
      refuse("state_too_long", path, this.limits.stateSlots, "modes and photons");
  }

  /** A text of a grammar that has been read; formulas and conditions take longer for each. */
  countGrammar(text: string, path: () => string, weight = 1): void {
    this.#grammar += weight * text.length;
    if (this.#grammar > this.limits.grammarLength)
      refuse("grammar_too_long", path, this.limits.grammarLength, "characters of states and formulas");
  }

  #countText(text: string, path: string): void {
    const { textLengthEach } = this.limits;
    if (text.length > textLengthEach) refuse("string_too_long", () => path, textLengthEach, "characters");
  }

  #unzip(body: string, path: string): string {
    const { zippedStrings, textLength, textLengthEach } = this.limits;
    if (++this.#zipped > zippedStrings) refuse("too_many_zips", () => path, zippedStrings, "zipped strings");
    const most = Math.min(textLengthEach, textLength - this.#text);
    const text = inflate(decodeBase64(body, path), most, path);
    this.#text += text.length;
    return text;
  }
}

export function isTagged(text: string): boolean {
  return text.startsWith(":PCVL:");
}

function refuse(code: BadPayloadCode, path: () => string, most: number, things: string): never {
  throw new BadPayload(code, path(), `more than ${most} ${things}`, `at most ${most}`);
}

function split(text: string, path: string): Tagged {
  const match = /^:PCVL:([A-Za-z]{1,32}):/.exec(text);
  if (match === null) throw new BadPayload("tag_syntax", path, quote(text), ":PCVL:<tag>:<body>");
  return { tag: match[1]!, body: text.slice(match[0].length) };
}
