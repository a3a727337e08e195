import { requireShallow } from "./json-walk.ts";
import { defaultLimits, type Limits } from "./limits.ts";
import { under } from "./path.ts";
import { isTagged, Reading } from "./reading.ts";
import { forms, requireKnownTag, type Tag, type ValueOfTag } from "./tags.ts";

/** A tagged string, read. */
export type TaggedValue = { readonly [T in Tag]: { readonly tag: T; readonly value: ValueOfTag[T] } }[Tag];

/** JSON in which every tagged string is read, values and keys alike. */
export type DecodedValue =
  | null
  | boolean
  | number
  | string
  | TaggedValue
  | readonly DecodedValue[]
  | ReadonlyMap<string | TaggedValue, DecodedValue>;

/** Reads whatever a client may send or get: JSON with tagged strings anywhere in it. @throws {BadPayload} */
export function decodeValue(json: unknown, limits: Limits = defaultLimits): DecodedValue {
  const reading = new Reading(limits);
  requireShallow([json], "value", reading);
  return readValue(json, "value", reading);
}

function readValue(json: unknown, path: string, reading: Reading): DecodedValue {
  if (typeof json === "string") return readText(json, path, reading);
  if (typeof json !== "object" || json === null) return json as DecodedValue;
  if (Array.isArray(json)) return json.map((entry, i) => readValue(entry, `${path}[${i}]`, reading));
  return new Map(
    Object.entries(json).map(([key, entry]) => [
      readText(key, `${path} (a key)`, reading),
      readValue(entry, under(path, key), reading),
    ]),
  );
}

function readText(text: string, path: string, reading: Reading): string | TaggedValue {
  const tagged = reading.tagged(text, path);
  if (tagged === undefined) return text;
  const tag = requireKnownTag(tagged.tag, path);
  return { tag, value: forms[tag].read(tagged.body, path, reading) } as TaggedValue;
}

/** Requires that every tagged string in JSON can be read, and keeps none. @throws {BadPayload} */
export function requireTags(json: unknown, path: string, reading: Reading): void {
  if (typeof json === "string") {
    if (isTagged(json)) readText(json, path, reading);
  } else if (Array.isArray(json)) {
    for (const [i, entry] of json.entries())
      if (mayHoldTags(entry)) requireTags(entry, `${path}[${i}]`, reading);
  } else if (typeof json === "object" && json !== null) {
    for (const [key, entry] of Object.entries(json)) {
      if (isTagged(key)) readText(key, `${path} (a key)`, reading);
      if (mayHoldTags(entry)) requireTags(entry, under(path, key), reading);
    }
  }
}

function mayHoldTags(entry: unknown): boolean {
  return typeof entry === "object" || (typeof entry === "string" && isTagged(entry));
}
