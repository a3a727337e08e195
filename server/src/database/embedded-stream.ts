import { Duplex } from "node:stream";
import { cutUnits, startupBytes, welcome } from "./wire.ts";

export interface EmbeddedLine {
  /** Resolves when the database takes statements. */
  connect(): Promise<void>;
  send(unit: Uint8Array): void;
  leave(): void;
}

/** What a client of the driver takes for its socket. */
export class EmbeddedStream extends Duplex {
  readonly #line: EmbeddedLine;
  #unsent: Buffer = Buffer.alloc(0);
  #welcomed = false;

  constructor(line: EmbeddedLine) {
    super();
    this.#line = line;
  }

  /** The driver names a port and a host, which nobody here has. */
  connect(): this {
    this.#line.connect().then(
      () => this.emit("connect"),
      (error: Error) => this.destroy(error),
    );
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  /** Says what the database has answered. */
  answer(bytes: Uint8Array): void {
    this.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
  }

  override _read(): void {
    // Answers are pushed as they come.
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#take(chunk);
    done();
  }

  override _writev(chunks: readonly { readonly chunk: Buffer }[], done: () => void): void {
    this.#take(Buffer.concat(chunks.map(({ chunk }) => chunk)));
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#line.leave();
    done(error);
  }

  #take(bytes: Buffer): void {
    this.#unsent = Buffer.concat([this.#unsent, bytes]);
    if (!this.#welcomed) {
      const length = startupBytes(this.#unsent);
      if (length === undefined) return;
      this.#unsent = this.#unsent.subarray(length);
      this.#welcomed = true;
      this.push(welcome());
    }
    const { units, rest, over } = cutUnits(this.#unsent);
    this.#unsent = rest;
    for (const unit of units) this.#line.send(unit);
    if (over) this.push(null);
  }
}
