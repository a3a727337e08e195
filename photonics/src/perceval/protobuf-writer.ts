const utf8 = new TextEncoder();

/** Writes the elements of which messages are made into bytes that grow. */
export class ProtobufWriter {
  #bytes = new Uint8Array(256);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  bytes(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  key(number: number, wireType: number): void {
    this.varint(number * 8 + wireType);
  }

  /** A whole number; negative ones as 64 bits in two's complement. */
  varint(value: number): void {
    this.#reserve(10);
    let rest = value < 0 ? BigInt.asUintN(64, BigInt(value)) : value;
    while (rest >= 128) {
      this.#bytes[this.#length++] = Number(typeof rest === "bigint" ? rest & 127n : rest % 128) | 128;
      rest = typeof rest === "bigint" ? rest >> 7n : Math.floor(rest / 128);
    }
    this.#bytes[this.#length++] = Number(rest);
  }

  double(value: number): void {
    this.#reserve(8);
    this.#view.setFloat64(this.#length, value, true);
    this.#length += 8;
  }

  float(value: number): void {
    this.#reserve(4);
    this.#view.setFloat32(this.#length, value, true);
    this.#length += 4;
  }

  string(number: number, text: string): void {
    this.#block(number, utf8.encode(text));
  }

  nested(number: number, write: (inner: ProtobufWriter) => void): void {
    const inner = new ProtobufWriter();
    write(inner);
    this.#block(number, inner.#bytes.subarray(0, inner.#length));
  }

  #block(number: number, bytes: Uint8Array): void {
    this.key(number, 2);
    this.varint(bytes.length);
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(2 * this.#bytes.length, this.#length + more));
    larger.set(this.#bytes);
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }
}
