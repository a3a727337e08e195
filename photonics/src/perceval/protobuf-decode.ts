import { quote } from "../model/index.ts";
import { BadPayload } from "./bad-payload.ts";
import { decodeBase64 } from "./base64.ts";
import { Complexes } from "./complexes.ts";
import { under } from "./path.ts";
import { ProtobufReader, type Refuse } from "./protobuf-reader.ts";
import { type Field, type FieldType, type MessageName, messages } from "./protobuf-schema.ts";
import type { Message } from "./protobuf-types.ts";
import type { Reading } from "./reading.ts";
import { release } from "./release.ts";

interface NamedField extends Field {
  readonly name: string;
}

/** For each message, its fields at the index of their numbers. */
const fieldsOf = new Map(
  Object.entries(messages).map(([message, fields]) => {
    const byNumber: NamedField[] = [];
    for (const [name, field] of Object.entries(fields as Record<string, Field>)) {
      byNumber[field.number] = { ...field, name };
    }
    return [message as MessageName, byNumber];
  }),
);

/** Decodes a message that travels as base64. @throws {BadPayload} `base64`, and those of `decodeMessage` */
export function decodeMessageText<Name extends MessageName>(
  name: Name,
  body: string,
  path: string,
  reading: Reading,
): Message<Name> {
  const bytes = decodeBase64(body, path);
  try {
    return decodeMessage(name, bytes, path, reading);
  } finally {
    release(bytes);
  }
}

/**
 * Decodes a message, skipping fields it does not know. What stands twice is refused, though decoders in general take
 * the last one: no client writes it, and two readers could differ about it.
 * @throws {BadPayload} `protobuf_*`, `number_not_finite`, `string_too_long`, `too_many_components`, `matrix_too_large`
 */
export function decodeMessage<Name extends MessageName>(
  name: Name,
  bytes: Uint8Array,
  path: string,
  reading: Reading,
): Message<Name> {
  return new MessageDecoder(bytes, path, reading).decode(name) as Message<Name>;
}

class MessageDecoder {
  readonly #reader: ProtobufReader;
  readonly #reading: Reading;
  readonly #root: string;
  /** Fields and indices from the root to what is being read. */
  readonly #path: (string | number)[] = [];
  #depth = 0;

  constructor(bytes: Uint8Array, root: string, reading: Reading) {
    this.#reader = new ProtobufReader(bytes, this.#refuse);
    this.#root = root;
    this.#reading = reading;
  }

  decode(name: MessageName): Record<string, unknown> {
    return this.#message(name, this.#reader.end);
  }

  #message(name: MessageName, end: number): Record<string, unknown> {
    const reader = this.#reader;
    const outerEnd = reader.end;
    reader.end = end;
    if (++this.#depth > this.#reading.limits.messageDepth + 1) this.#refuseDepth();
    this.#reading.countMessage(this.#where);
    if (name === "Component") this.#reading.countComponent(this.#where);
    const fields = fieldsOf.get(name)!;
    const message: Record<string, unknown> = {};
    let chosen: string | undefined;
    while (reader.at < end) {
      const key = reader.varint();
      const number = Math.floor(key / 8);
      const wireType = key % 8;
      const field = fields[number];
      if (field === undefined) {
        if (number === 0) this.#refuse("protobuf_syntax", "a field numbered 0", "1 and above");
        if (name === "Component" && number >= 10) message.unknown_kind = number;
        reader.skip(wireType);
        continue;
      }
      if (field.either) {
        if (chosen !== undefined)
          this.#refuse("protobuf_duplicate", `${chosen} and ${field.name}`, "one of them");
        chosen = field.name;
      }
      this.#path.push(field.name);
      this.#field(message, field, wireType);
      this.#path.pop();
    }
    this.#depth--;
    reader.end = outerEnd;
    return message;
  }

  #field(message: Record<string, unknown>, field: NamedField, wireType: number): void {
    const known = message[field.name];
    if (field.mapFrom !== undefined) {
      const entries = (known ?? new Map()) as Map<number | string, unknown>;
      message[field.name] = entries;
      this.#mapEntry(entries, field, this.#reader.length(wireType));
    } else if (field.type === "complexes") {
      const entries = (known ?? new Complexes(this.#expectedComplexes())) as Complexes;
      message[field.name] = entries;
      do {
        this.#complex(entries, this.#reader.length(wireType));
      } while (this.#reader.take(8 * field.number + 2));
    } else if (field.repeated) {
      const list = (known ?? []) as unknown[];
      message[field.name] = list;
      if (field.type === "int32") this.#integers(list as number[], wireType);
      else {
        this.#path.push(list.length);
        list.push(this.#value(field.type, wireType));
        this.#path.pop();
      }
    } else {
      if (known !== undefined)
        this.#refuse("protobuf_duplicate", "a field that stands twice", "each field once");
      message[field.name] = this.#value(field.type, wireType);
    }
  }

  #value(type: FieldType, wireType: number): unknown {
    const reader = this.#reader;
    switch (type) {
      case "double":
        reader.expect(wireType, 1);
        return reader.double();
      case "float":
        reader.expect(wireType, 5);
        return reader.float();
      case "int32":
        reader.expect(wireType, 0);
        return reader.int32();
      case "bool":
        reader.expect(wireType, 0);
        return reader.varint() !== 0;
      case "string":
        return reader.string(reader.length(wireType), this.#reading.limits.stringLength);
      case "complexes":
        throw new TypeError("complex entries are read by their field");
      default:
        return this.#message(type, reader.length(wireType));
    }
  }

  /** One number, or several in one field. */
  #integers(list: number[], wireType: number): void {
    const reader = this.#reader;
    const end = wireType === 2 ? reader.length(wireType) : undefined;
    if (end === undefined) reader.expect(wireType, 0);
    const most = this.#reading.limits.modes;
    do {
      if (end !== undefined && reader.at >= end) return;
      list.push(reader.int32());
      if (list.length > most)
        this.#refuse("protobuf_too_large", `more than ${most} numbers`, `at most ${most}`);
    } while (end !== undefined);
  }

  #mapEntry(entries: Map<number | string, unknown>, field: NamedField, end: number): void {
    const reader = this.#reader;
    const outerEnd = reader.end;
    reader.end = end;
    let key: number | string | undefined;
    let value: unknown;
    this.#reading.countMessage(this.#where);
    while (reader.at < end) {
      const tag = reader.varint();
      const wireType = tag % 8;
      const number = Math.floor(tag / 8);
      if ((number === 1 && key !== undefined) || (number === 2 && value !== undefined))
        this.#refuse("protobuf_duplicate", "an entry of two keys or values", "one of each");
      if (number === 1) key = this.#value(field.mapFrom!, wireType) as number | string;
      else if (number === 2) {
        this.#path.push(key ?? "");
        value = this.#value(field.type, wireType);
        this.#path.pop();
      } else reader.skip(wireType);
    }
    key ??= field.mapFrom === "int32" ? 0 : "";
    if (entries.has(key))
      this.#refuse("protobuf_duplicate", `the key ${quote(String(key))} twice`, "each key once");
    entries.set(key, value ?? (field.type === "float" ? 0 : {}));
    reader.end = outerEnd;
  }

  /** As many as the rest of the message holds, at twenty bytes for each as it comes. */
  #expectedComplexes(): number {
    const { at, end } = this.#reader;
    return Math.min(this.#reading.limits.matrixEntries, Math.floor((end - at) / 20));
  }

  #complex(entries: Complexes, end: number): void {
    const reader = this.#reader;
    const most = this.#reading.limits.matrixEntries;
    if (entries.length >= 2 * most)
      this.#refuse("matrix_too_large", `more than ${most} entries`, `at most ${most}`);
    const outerEnd = reader.end;
    reader.end = end;
    let re = 0;
    let im = 0;
    while (reader.at < end) {
      const tag = reader.varint();
      if (tag === 9) re = reader.double();
      else if (tag === 17) im = reader.double();
      else reader.skip(tag % 8);
    }
    entries.push(re, im);
    reader.end = outerEnd;
  }

  #refuseDepth(): never {
    const { messageDepth } = this.#reading.limits;
    return this.#refuse("protobuf_too_deep", `more than ${messageDepth} levels`, `at most ${messageDepth}`);
  }

  readonly #where = (): string => {
    let path = this.#root;
    for (const key of this.#path) path = under(path, key);
    return path;
  };

  readonly #refuse: Refuse = (code, found, allowed, cause) => {
    throw new BadPayload(code, this.#where(), found, allowed, ...(cause === undefined ? [] : [{ cause }]));
  };
}
