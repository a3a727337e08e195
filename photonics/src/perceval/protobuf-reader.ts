import type { BadPayloadCode } from "./bad-payload-codes.ts";

/** Refuses what is being read. */
export type Refuse = (code: BadPayloadCode, found: string, allowed: string, cause?: unknown) => never;

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Reads the elements of which messages are made, never beyond `end`. */
export class ProtobufReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #refuse: Refuse;
  at = 0;
  /** Where the message that is being read ends. */
  end: number;

  constructor(bytes: Uint8Array, refuse: Refuse) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#refuse = refuse;
    this.end = bytes.length;
  }

  /** A number of up to 64 bits; above 2^53 its last digits are not kept, which nothing that fits a payload has. */
  varint(): number {
    const first = this.#byte();
    if (first < 128) return first;
    let value = first & 127;
    let scale = 128;
    for (let i = 1; i < 10; i++) {
      const byte = this.#byte();
      value += (byte & 127) * scale;
      if (byte < 128) return value;
      scale *= 128;
    }
    return this.#refuse("protobuf_syntax", "a number of more than ten bytes", "at most ten");
  }

  /** Negative numbers come as ten bytes of 64 bits. */
  int32(): number {
    let value = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = this.#byte();
      if (shift < 32) value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
    return this.#refuse("protobuf_syntax", "a number of more than ten bytes", "at most ten");
  }

  double(): number {
    return this.#finite(this.#view.getFloat64(this.#advance(8), true));
  }

  float(): number {
    return this.#finite(this.#view.getFloat32(this.#advance(4), true));
  }

  string(end: number, lengthMax: number): string {
    const from = this.at;
    this.at = end;
    if (end - from > lengthMax)
      this.#refuse("string_too_long", `${end - from} bytes`, `at most ${lengthMax}`);
    try {
      return utf8.decode(this.#bytes.subarray(from, end));
    } catch (cause) {
      return this.#refuse("protobuf_syntax", "bytes that are not UTF-8", "UTF-8 text", cause);
    }
  }

  /** Reads the length of what follows, and returns where it ends. */
  length(wireType: number): number {
    this.expect(wireType, 2);
    const length = this.varint();
    const there = this.end - this.at;
    if (length > there)
      this.#refuse("protobuf_truncated", `${there} bytes of a field of ${length}`, "a whole message");
    return this.at + length;
  }

  skip(wireType: number): void {
    if (wireType === 0) this.varint();
    else if (wireType === 1) this.#advance(8);
    else if (wireType === 2) this.at = this.length(2);
    else if (wireType === 5) this.#advance(4);
    else this.#refuse("protobuf_syntax", `wire type ${wireType}`, "0, 1, 2 or 5");
  }

  /** Passes a byte if it is the next one. */
  take(byte: number): boolean {
    if (this.at >= this.end || this.#bytes[this.at] !== byte) return false;
    this.at++;
    return true;
  }

  expect(wireType: number, wanted: number): void {
    if (wireType !== wanted) this.#refuse("protobuf_syntax", `wire type ${wireType}`, String(wanted));
  }

  #byte(): number {
    if (this.at >= this.end) this.#advance(1);
    return this.#bytes[this.at++]!;
  }

  #advance(bytes: number): number {
    const from = this.at;
    if (from + bytes > this.end)
      this.#refuse("protobuf_truncated", "a message that ends inside a field", "a whole message");
    this.at = from + bytes;
    return from;
  }

  #finite(value: number): number {
    if (!Number.isFinite(value)) this.#refuse("number_not_finite", String(value), "a finite number");
    return value;
  }
}
