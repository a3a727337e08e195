import { deflateSync } from "node:zlib";
import { encodeMessage } from "../../src/perceval/protobuf-encode.ts";
import { type Field, type MessageName, messages } from "../../src/perceval/protobuf-schema.ts";

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type Fields = Readonly<Record<string, Json>>;

/**
 * Builds a payload from its description: JSON in which objects with a `$` key stand for what would be long or
 * unreadable.
 *
 * - `{"$repeat": "ab", "times": 3}`: ababab; `{"$join": […]}`: texts behind each other;
 *   `{"$around": ["(", "x", ")"], "times": 2}`: ((x))
 * - `{"$list": …, "times": 3}`: a list of three equal values; `{"$deep": "list" or "object", "times": 3}`: one in the
 *   other
 * - `{"$object": "key", "value": …, "times": 3}`: key0, key1, key2
 * - `{"$tag": "Experiment", "fields": {…}}`, or `"hex"` for bytes, or `"base64"` or `"text"` as it is, and `"zip": true`
 * - `{"$zip": "text", "cut": 3, "append": "00"}`: zlib without its last bytes, or with others behind
 */
export function construct(described: Json): unknown {
  if (typeof described !== "object" || described === null) return described;
  if (Array.isArray(described)) return described.map(construct);
  const of = described as Fields;
  if ("$repeat" in of) return text(of.$repeat!).repeat(of.times as number);
  if ("$join" in of) return (of.$join as readonly Json[]).map(text).join("");
  if ("$around" in of) {
    const [before, inner, after] = (of.$around as readonly Json[]).map(text);
    return before!.repeat(of.times as number) + inner + after!.repeat(of.times as number);
  }
  if ("$list" in of) return new Array(of.times as number).fill(construct(of.$list!));
  if ("$deep" in of) {
    let inner: unknown = 0;
    for (let i = 0; i < (of.times as number); i++) inner = of.$deep === "list" ? [inner] : { a: inner };
    return inner;
  }
  if ("$object" in of) {
    const value = construct(of.value!);
    return Object.fromEntries(
      Array.from({ length: of.times as number }, (_, i) => [`${of.$object}${i}`, value]),
    );
  }
  if ("$zip" in of) return zip(text(of.$zip!), (of.cut as number) ?? 0, (of.append as string) ?? "");
  if ("$tag" in of) return tagged(of);
  // Not Object.fromEntries, so that `__proto__` becomes a key as it does in JSON.parse.
  const result: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(of))
    Object.defineProperty(result, key, {
      value: construct(value),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  return result;
}

function text(described: Json): string {
  return construct(described) as string;
}

function zip(whole: string, cut: number, append: string): string {
  const bytes = deflateSync(whole);
  const kept = Buffer.concat([bytes.subarray(0, bytes.length - cut), Buffer.from(append, "hex")]);
  return `:PCVL:zip:${kept.toString("base64")}`;
}

const messageOfTag: Readonly<Record<string, MessageName>> = {
  ACircuit: "Circuit",
  BSLayeredDetector: "BSLayeredPPNR",
};

function tagged(of: Fields): string {
  const tag = of.$tag as string;
  const whole = `:PCVL:${tag}:${bodyOf(of, messageOfTag[tag] ?? (tag as MessageName))}`;
  return of.zip === true ? zip(whole, 0, "") : whole;
}

function bodyOf(of: Fields, name: MessageName): string {
  if (of.text !== undefined) return text(of.text);
  if (of.base64 !== undefined) return text(of.base64);
  const bytes =
    of.hex === undefined
      ? encodeMessage(name, fieldsOf(name, construct(of.fields!) as Fields))
      : Buffer.from(text(of.hex), "hex");
  return Buffer.from(bytes).toString("base64");
}

/** Fields as the encoder takes them: maps, and numbers that JSON does not have. */
function fieldsOf(name: MessageName, fields: Fields): object {
  const schema = messages[name] as Readonly<Record<string, Field>>;
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [key, fieldValue(schema[key]!, value)]),
  );
}

function fieldValue(field: Field, value: Json): unknown {
  if (field.type === "complexes") return Float64Array.from(value as readonly number[], Number);
  if (field.repeated) return (value as readonly Json[]).map((each) => single(field, each));
  if (field.mapFrom === undefined) return single(field, value);
  return new Map(
    Object.entries(value as Fields).map(([key, entry]) => [
      field.mapFrom === "int32" ? Number(key) : key,
      single(field, entry),
    ]),
  );
}

function single({ type }: Field, value: Json): unknown {
  if (type in messages) return fieldsOf(type as MessageName, value as Fields);
  return type === "double" || type === "float" ? Number(value) : value;
}
