import { deflateSync, inflateSync } from "node:zlib";
import fc from "fast-check";
import { type Field, type MessageName, messages } from "../../src/perceval/protobuf-schema.ts";
import { ProtobufWriter } from "../../src/perceval/protobuf-writer.ts";

/** Bytes with some of them changed, removed, put in or put in again. */
export function mutatedBytes(bytes: Uint8Array): fc.Arbitrary<Uint8Array> {
  const edit = fc.tuple(
    fc.nat(),
    fc.constantFrom("set", "cut", "put", "again", "end"),
    fc.nat(255),
    fc.nat(16),
  );
  return fc.array(edit, { minLength: 1, maxLength: 6 }).map((edits) => {
    let result = bytes;
    for (const [where, kind, byte, length] of edits) {
      const at = result.length === 0 ? 0 : where % result.length;
      const [before, behind] = [result.subarray(0, at), result.subarray(at)];
      if (kind === "set") {
        result = result.slice();
        if (result.length > 0) result[at] = byte;
      } else if (kind === "cut") result = Buffer.concat([before, behind.subarray(length)]);
      else if (kind === "put") result = Buffer.concat([before, Uint8Array.of(byte), behind]);
      else if (kind === "again") result = Buffer.concat([before, behind.subarray(0, length), behind]);
      else result = before;
    }
    return result;
  });
}

const pieces = [
  "",
  "|",
  ">",
  "{",
  "}",
  "(",
  ")",
  "[",
  "]",
  ",",
  ";",
  "=",
  "+",
  "*",
  "**",
  "-",
  "/",
  "&",
  "^",
  "!",
  "==",
  ":",
  ":PCVL:",
  ":PCVL:zip:",
  "zip",
  "P:H",
  "_:1",
  "0",
  "1",
  "-1",
  "99999",
  "1e999",
  "1e-5",
  "NaN",
  "I",
  "pi",
  "sqrt(",
  "eval(",
  "phi",
  "__import__('os')",
  '"g2": 0.5',
  "null",
  "true",
  "\u0000",
  "\u202e",
  "\ud800",
  "é",
  "\n",
  " ",
  "and ",
  "not ",
];

/** Text with pieces of the grammars put in, or parts taken out or put in again. */
export function mutatedText(text: string): fc.Arbitrary<string> {
  const edit = fc.tuple(
    fc.nat(),
    fc.constantFrom("put", "cut", "again", "replace"),
    fc.constantFrom(...pieces),
    fc.nat(8),
  );
  return fc.array(edit, { minLength: 1, maxLength: 4 }).map((edits) => {
    let result = text;
    for (const [where, kind, piece, length] of edits) {
      const at = result.length === 0 ? 0 : where % result.length;
      const [before, behind] = [result.slice(0, at), result.slice(at)];
      if (kind === "put") result = before + piece + behind;
      else if (kind === "cut") result = before + behind.slice(length);
      else if (kind === "again") result = before + behind.slice(0, 3 * length) + behind;
      else result = before + piece + behind.slice(length);
    }
    return result;
  });
}

/** A tagged string whose bytes or text were changed, zipped again where it was zipped. */
export function mutatedTagged(tagged: string): fc.Arbitrary<string> {
  const inflated = inflatedText(tagged);
  const whole = inflated ?? tagged;
  const wrap = (text: string) =>
    inflated === undefined ? text : `:PCVL:zip:${deflateSync(text, { level: 1 }).toString("base64")}`;
  const [, tag, body = ""] = /^:PCVL:(\w+):(.*)$/s.exec(whole) ?? [];
  const binary = /^(ACircuit|Experiment|Component|Matrix|Detector|BSLayeredDetector)$/.test(tag ?? "");
  const inBytes = mutatedBytes(Buffer.from(body, "base64")).map((bytes) =>
    wrap(`:PCVL:${tag}:${Buffer.from(bytes).toString("base64")}`),
  );
  return fc.oneof(
    { weight: binary ? 8 : 0, arbitrary: inBytes },
    { weight: binary ? 1 : 8, arbitrary: mutatedText(whole).map(wrap) },
    { weight: 1, arbitrary: mutatedText(tagged) },
  );
}

function inflatedText(tagged: string): string | undefined {
  if (!tagged.startsWith(":PCVL:zip:")) return undefined;
  try {
    return inflateSync(Buffer.from(tagged.slice(10), "base64")).toString();
  } catch {
    // One that was broken before: it is changed as it stands.
    return undefined;
  }
}

const oddNumbers = [0, 1, -1, 2, 2147483647, -2147483648, 4294967296];
const oddDoubles = [
  0,
  -0,
  1,
  0.1,
  0.2,
  0.3,
  0.7,
  1,
  1,
  1,
  0.5,
  -1,
  Math.PI,
  1e308,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  5e-324,
];
const oddTexts = [
  "",
  "phi",
  "2*phi",
  "1/0",
  "|1,0>",
  "|1>",
  "{}",
  ":PCVL:BasicState:|1,0>",
  ":PCVL:PostSelect:[0]==1",
  ':PCVL:NoiseModel:{"g2":0.1}',
  ":PCVL:StateVector:(1,0)*|1,0>",
  "eval(1)",
  "a b",
  "\u0000",
];

/** The bytes of a message of the schema: most of the time of fields that it may have, in their right number. */
export function generatedMessage(name: MessageName, depth = 4): fc.Arbitrary<Uint8Array> {
  const fields = Object.entries(messages[name] as Readonly<Record<string, Field>>).filter(
    ([, { type }]) => depth > 0 || !(type in messages),
  );
  return fc
    .tuple(fc.subarray(fields), fc.nat(), fc.nat(40))
    .chain(([some, choice, dice]) => {
      const alternatives = some.filter(([, { either }]) => either);
      const chosen = alternatives[choice % Math.max(1, alternatives.length)];
      const parts = some
        .filter((entry) => entry === chosen || !entry[1].either || dice === 1)
        .flatMap(([, field]) => new Array(field.repeated ? 1 + (choice % 3) : 1).fill(field))
        .map((field: Field) => fieldBytes(field, depth));
      const modes = fields.find(([key]) => key === "n_mode" && name !== "Component");
      if (modes !== undefined && dice !== 2 && !some.includes(modes))
        parts.push(
          fc.constant(
            write((to) => {
              to.key(modes[1].number, 0);
              to.varint(4);
            }),
          ),
        );
      if (dice === 3) parts.push(junk);
      return fc.tuple(...parts);
    })
    .map((parts) => Buffer.concat(parts));
}

const junk = fc
  .tuple(fc.integer({ min: 1, max: 40 }), fc.constantFrom(0, 1, 2, 5), fc.uint8Array({ maxLength: 8 }))
  .map(([number, wireType, bytes]) => {
    const writer = new ProtobufWriter();
    writer.key(number, wireType);
    if (wireType === 2) writer.varint(bytes.length);
    return Buffer.concat([writer.bytes(), bytes]);
  });

function fieldBytes(field: Field, depth: number): fc.Arbitrary<Uint8Array> {
  if (field.mapFrom === undefined) return valueBytes(field.number, field.type, depth);
  const key =
    field.mapFrom === "int32"
      ? valueBytes(1, "int32", 0)
      : fc.constantFrom("|1>", "|1,0>", "phi", "").map((text) => write((to) => to.string(1, text)));
  return fc
    .tuple(key, valueBytes(2, field.type, depth))
    .map((entry) => block(field.number, Buffer.concat(entry)));
}

function valueBytes(number: number, type: Field["type"], depth: number): fc.Arbitrary<Uint8Array> {
  switch (type) {
    case "double":
    case "float":
      return fc.constantFrom(...oddDoubles).map((value) =>
        write((to) => {
          to.key(number, type === "double" ? 1 : 5);
          if (type === "double") to.double(value);
          else to.float(value);
        }),
      );
    case "int32":
    case "bool":
      return fc.oneof({ weight: 9, arbitrary: fc.nat(3) }, fc.constantFrom(...oddNumbers)).map((value) =>
        write((to) => {
          to.key(number, 0);
          to.varint(value);
        }),
      );
    case "string":
      return fc.constantFrom(...oddTexts).map((text) => write((to) => to.string(number, text)));
    case "complexes":
      return fc.constantFrom(...oddDoubles).map((value) =>
        block(
          number,
          write((to) => {
            to.key(1, 1);
            to.double(value);
          }),
        ),
      );
    default:
      return generatedMessage(type, depth - 1).map((bytes) => block(number, bytes));
  }
}

function write(writing: (to: ProtobufWriter) => void): Uint8Array {
  const writer = new ProtobufWriter();
  writing(writer);
  return writer.bytes();
}

function block(number: number, bytes: Uint8Array): Uint8Array {
  const head = write((to) => {
    to.key(number, 2);
    to.varint(bytes.length);
  });
  return Buffer.concat([head, bytes]);
}
