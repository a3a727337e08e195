/** A growing array of complex numbers, real and imaginary parts in turns. */
export class Complexes {
  #data: Float64Array;
  /** Parts, two for each number. */
  length = 0;

  /** @param expected numbers that will come, more or less */
  constructor(expected: number) {
    this.#data = new Float64Array(2 * Math.max(1, expected));
  }

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
    return this.length === this.#data.length ? this.#data : this.#data.slice(0, this.length);
  }
}
