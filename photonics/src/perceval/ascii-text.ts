const blockBytes = 2 ** 18;
const [zero, comma, bar, greater] = [48, 44, 124, 62];
/** Digits of the largest count of a mode, with the comma behind it. */
const countBytes = 6;

/**
 * Text that is put together from states and numbers. It is written as bytes and made a string a block at a time:
 * joining a string for each state and number costs several times as much.
 */
export class AsciiText {
  readonly #block = Buffer.allocUnsafe(blockBytes);
  #at = 0;
  #text = "";

  /** Characters up to U+007F. */
  write(text: string): void {
    this.#reserve(text.length);
    const block = this.#block;
    let at = this.#at;
    for (let i = 0; i < text.length; i++) block[at++] = text.charCodeAt(i);
    this.#at = at;
  }

  /** A number with all its digits. */
  number(value: number): void {
    if (value >= 0 && value < 1e9 && Number.isInteger(value)) {
      this.#reserve(10);
      this.#at = writeDigits(this.#block, this.#at, value);
    } else this.write(String(value));
  }

  /** `|1,0,2>`, of the counts that begin at an index. */
  state(counts: Uint16Array, from: number, modes: number): void {
    this.#reserve(2 + countBytes * modes);
    const block = this.#block;
    let at = this.#at;
    block[at++] = bar;
    for (let mode = 0; mode < modes; mode++) {
      const count = counts[from + mode]!;
      if (count < 10) block[at++] = zero + count;
      else at = writeDigits(block, at, count);
      block[at++] = comma;
    }
    if (modes > 0) at--;
    block[at++] = greater;
    this.#at = at;
  }

  toString(): string {
    this.#flush();
    return this.#text;
  }

  #reserve(bytes: number): void {
    if (this.#at + bytes > blockBytes) this.#flush();
  }

  #flush(): void {
    this.#text += this.#block.toString("latin1", 0, this.#at);
    this.#at = 0;
  }
}

function writeDigits(block: Buffer, from: number, value: number): number {
  let end = from + 1;
  for (let rest = value; rest >= 10; rest = Math.floor(rest / 10)) end++;
  let rest = value;
  for (let at = end - 1; at >= from; at--) {
    const tens = Math.floor(rest / 10);
    block[at] = zero + rest - 10 * tens;
    rest = tens;
  }
  return end;
}
