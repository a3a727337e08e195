import { BadPayload } from "./bad-payload.ts";
import type { Limits } from "./limits.ts";
import { type Field, type FieldType, type MessageName, messages } from "./protobuf-schema.ts";
import type { Message } from "./protobuf-types.ts";

/** Field number → name and type, for each message. */
const byNumber = new Map(
  Object.entries(messages).map(([name, fields]) => [
    name as MessageName,
    new Map(
      Object.entries(fields as Record<string, Field>).map(([field, spec]) => [
        spec.number,
        { ...spec, field },
      ]),
    ),
  ]),
);

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** Decodes a message, skipping fields it does not know. @throws {BadPayload} `protobuf_*` */
export function decodeMessage<Name extends MessageName>(
  name: Name,
  bytes: Uint8Array,
  path: string,
  limits: Limits,
): Message<Name> {
  return new Decoder(bytes, limits).message(name, 0, bytes.length, path, 0) as Message<Name>;
}

class Decoder {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #limits: Limits;
  #at = 0;

  constructor(bytes: Uint8Array, limits: Limits) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#limits = limits;
  }

  message(name: MessageName, from: number, to: number, path: string, depth: number): Record<string, unknown> {
    if (depth > this.#limits.messageDepth) {
      throw new BadPayload(
        "protobuf_too_deep",
        path,
        `messages nested ${depth} deep`,
        `at most ${this.#limits.messageDepth}`,
      );
    }
    const fields = byNumber.get(name)!;
    const message: Record<string, unknown> = {};
    this.#at = from;
    while (this.#at < to) {
      const key = this.#varint(to, path);
      const number = Math.floor(key / 8);
      const wireType = key % 8;
      const field = fields.get(number);
      if (field === undefined) {
        if (number === 0) throw new BadPayload("protobuf_syntax", path, "a field numbered 0", "1 and above");
        if (name === "Component" && number >= 10) message.unknown_kind = number;
        this.#skip(wireType, to, path);
        continue;
      }
      this.#field(message, field, wireType, to, path, depth);
    }
    return message;
  }

  #field(
    message: Record<string, unknown>,
    field: Field & { field: string },
    wireType: number,
    to: number,
    parent: string,
    depth: number,
  ): void {
    const name = field.field;
    if (field.mapFrom !== undefined) {
      message[name] ??= new Map();
      const entries = message[name] as Map<number | string, unknown>;
      const [key, value] = this.#mapEntry(
        field,
        this.#length(wireType, to, parent),
        `${parent}.${name}`,
        depth,
      );
      entries.set(key, value);
      return;
    }
    if (field.type === "complexes") {
      message[name] ??= new Complexes();
      const entries = message[name] as Complexes;
      this.#complex(entries, this.#length(wireType, to, parent), `${parent}.${name}`);
      return;
    }
    if (field.repeated) {
      message[name] ??= [];
      const list = message[name] as unknown[];
      if (field.type === "int32" && wireType === 2) {
        const end = this.#length(wireType, to, parent);
        while (this.#at < end) list.push(this.#varint(end, parent) | 0);
        return;
      }
      list.push(this.#value(field.type, wireType, to, `${parent}.${name}[${list.length}]`, depth));
      return;
    }
    message[name] = this.#value(field.type, wireType, to, `${parent}.${name}`, depth);
  }

  #value(type: FieldType, wireType: number, to: number, path: string, depth: number): unknown {
    switch (type) {
      case "double":
        return this.#double(wireType, to, path);
      case "float":
        return this.#float(wireType, to, path);
      case "int32":
        this.#expect(wireType, 0, path);
        return this.#int32(to, path);
      case "bool":
        this.#expect(wireType, 0, path);
        return this.#varint(to, path) !== 0;
      case "string":
        return this.#string(this.#length(wireType, to, path), path);
      case "complexes":
        throw new TypeError("complex entries are read by their field");
      default: {
        const end = this.#length(wireType, to, path);
        const inner = this.message(type, this.#at, end, path, depth + 1);
        this.#at = end;
        return inner;
      }
    }
  }

  #mapEntry(field: Field, end: number, path: string, depth: number): [number | string, unknown] {
    let key: number | string = field.mapFrom === "int32" ? 0 : "";
    let value: unknown;
    while (this.#at < end) {
      const tag = this.#varint(end, path);
      if (tag >> 3 === 1)
        key = this.#value(field.mapFrom!, tag % 8, end, `${path}.key`, depth) as number | string;
      else if (tag >> 3 === 2) value = this.#value(field.type, tag % 8, end, `${path}[${key}]`, depth);
      else this.#skip(tag % 8, end, path);
    }
    return [key, value ?? (field.type === "float" ? 0 : {})];
  }

  #complex(entries: Complexes, end: number, path: string): void {
    let re = 0;
    let im = 0;
    while (this.#at < end) {
      const tag = this.#varint(end, path);
      if (tag === 9) re = this.#double(1, end, path);
      else if (tag === 17) im = this.#double(1, end, path);
      else this.#skip(tag % 8, end, path);
    }
    if (entries.length >= 2 * this.#limits.matrixEntries) {
      throw new BadPayload(
        "matrix_too_large",
        path,
        `more than ${this.#limits.matrixEntries} entries`,
        `at most ${this.#limits.matrixEntries}`,
      );
    }
    entries.push(re, im);
  }

  #double(wireType: number, to: number, path: string): number {
    this.#expect(wireType, 1, path);
    const value = this.#view.getFloat64(this.#advance(8, to, path), true);
    if (!Number.isFinite(value))
      throw new BadPayload("number_not_finite", path, String(value), "a finite number");
    return value;
  }

  #float(wireType: number, to: number, path: string): number {
    this.#expect(wireType, 5, path);
    const value = this.#view.getFloat32(this.#advance(4, to, path), true);
    if (!Number.isFinite(value))
      throw new BadPayload("number_not_finite", path, String(value), "a finite number");
    return value;
  }

  /** Negative numbers come as ten bytes of 64 bits. */
  #int32(to: number, path: string): number {
    let value = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = this.#bytes[this.#advance(1, to, path)]!;
      if (shift < 32) value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
    throw new BadPayload("protobuf_syntax", path, "a number of more than ten bytes", "at most ten");
  }

  #varint(to: number, path: string): number {
    let value = 0;
    let scale = 1;
    for (let i = 0; i < 10; i++) {
      const byte = this.#bytes[this.#advance(1, to, path)]!;
      value += (byte & 127) * scale;
      if (byte < 128) return value;
      scale *= 128;
    }
    throw new BadPayload("protobuf_syntax", path, "a number of more than ten bytes", "at most ten");
  }

  #string(end: number, path: string): string {
    const from = this.#at;
    if (end - from > this.#limits.stringLength) {
      throw new BadPayload(
        "string_too_long",
        path,
        `${end - from} bytes`,
        `at most ${this.#limits.stringLength}`,
      );
    }
    this.#at = end;
    try {
      return utf8.decode(this.#bytes.subarray(from, end));
    } catch (cause) {
      throw new BadPayload("protobuf_syntax", path, "bytes that are not UTF-8", "UTF-8 text", { cause });
    }
  }

  /** Reads the length of what follows, and returns where it ends. */
  #length(wireType: number, to: number, path: string): number {
    this.#expect(wireType, 2, path);
    const length = this.#varint(to, path);
    if (length > to - this.#at) {
      throw new BadPayload(
        "protobuf_truncated",
        path,
        `${to - this.#at} bytes of a field of ${length}`,
        "a whole message",
      );
    }
    return this.#at + length;
  }

  #skip(wireType: number, to: number, path: string): void {
    if (wireType === 0) this.#varint(to, path);
    else if (wireType === 1) this.#advance(8, to, path);
    else if (wireType === 2) this.#at = this.#length(2, to, path);
    else if (wireType === 5) this.#advance(4, to, path);
    else throw new BadPayload("protobuf_syntax", path, `wire type ${wireType}`, "0, 1, 2 or 5");
  }

  #expect(wireType: number, wanted: number, path: string): void {
    if (wireType !== wanted)
      throw new BadPayload("protobuf_syntax", path, `wire type ${wireType}`, String(wanted));
  }

  #advance(bytes: number, to: number, path: string): number {
    const from = this.#at;
    if (from + bytes > to)
      throw new BadPayload(
        "protobuf_truncated",
        path,
        "a message that ends inside a field",
        "a whole message",
      );
    this.#at = from + bytes;
    return from;
  }
}

/** A growing array of doubles. */
export class Complexes {
  #data = new Float64Array(32);
  length = 0;

  push(re: number, im: number): void {
    if (this.length + 2 > this.#data.length) {
      const larger = new Float64Array(2 * this.#data.length);
      larger.set(this.#data);
      this.#data = larger;
    }
    this.#data[this.length++] = re;
    this.#data[this.length++] = im;
  }

  toArray(): Float64Array {
    return this.#data.slice(0, this.length);
  }
}
