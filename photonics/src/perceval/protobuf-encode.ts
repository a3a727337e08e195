import { type Field, type FieldType, type MessageName, messages } from "./protobuf-schema.ts";
import type { OutgoingMessage } from "./protobuf-types.ts";
import { ProtobufWriter } from "./protobuf-writer.ts";

/** Writes a message: the fields that are given, in the order of the schema. Maps keep their order. */
export function encodeMessage<Name extends MessageName>(
  name: Name,
  message: OutgoingMessage<Name>,
): Uint8Array {
  const writer = new ProtobufWriter();
  writeMessage(writer, name, message as Readonly<Record<string, unknown>>);
  return writer.bytes();
}

function writeMessage(
  writer: ProtobufWriter,
  name: MessageName,
  message: Readonly<Record<string, unknown>>,
): void {
  for (const [key, field] of Object.entries(messages[name] as Record<string, Field>)) {
    const value = message[key];
    if (value !== undefined) writeField(writer, field, value);
  }
}

function writeField(writer: ProtobufWriter, field: Field, value: unknown): void {
  if (field.mapFrom !== undefined) {
    for (const [key, entry] of value as ReadonlyMap<number | string, unknown>) {
      writer.nested(field.number, (inner) => {
        writeValue(inner, 1, field.mapFrom!, key);
        writeValue(inner, 2, field.type, entry);
      });
    }
  } else if (field.type === "complexes") {
    writeComplexes(writer, field.number, value as Float64Array);
  } else if (field.repeated && field.type === "int32") {
    writer.nested(field.number, (inner) => {
      for (const each of value as readonly number[]) inner.varint(each);
    });
  } else if (field.repeated) {
    for (const each of value as readonly unknown[]) writeValue(writer, field.number, field.type, each);
  } else {
    writeValue(writer, field.number, field.type, value);
  }
}

function writeValue(writer: ProtobufWriter, number: number, type: FieldType, value: unknown): void {
  switch (type) {
    case "double":
      writer.key(number, 1);
      writer.double(value as number);
      return;
    case "float":
      writer.key(number, 5);
      writer.float(value as number);
      return;
    case "int32":
    case "bool":
      writer.key(number, 0);
      writer.varint(Number(value));
      return;
    case "string":
      writer.string(number, value as string);
      return;
    case "complexes":
      throw new TypeError("complex entries are written by their field");
    default:
      writer.nested(number, (inner) => writeMessage(inner, type, value as Readonly<Record<string, unknown>>));
  }
}

function writeComplexes(writer: ProtobufWriter, number: number, parts: Float64Array): void {
  for (let i = 0; i < parts.length; i += 2) {
    writer.key(number, 2);
    writer.varint(18);
    writer.key(1, 1);
    writer.double(parts[i]!);
    writer.key(2, 1);
    writer.double(parts[i + 1]!);
  }
}
