/** The exponent bits of doubles from 2^-333 to 1. */
const [exponentsFrom, exponentsTo] = [690, 1022];
const entryBytes = 48;

/**
 * For the exponent of each of these doubles c·2^q: the power of ten that gives the double 16 or 17 digits before the
 * point, and where the text has them. `fraction-text` of photonics/kernels reads it.
 */
export function fractionTable(): Uint32Array {
  const view = new DataView(new ArrayBuffer((exponentsTo - exponentsFrom + 1) * entryBytes));
  for (let exponent = exponentsFrom; exponent <= exponentsTo; exponent++) {
    const at = (exponent - exponentsFrom) * entryBytes;
    const q = exponent - 1075;
    const k = Math.floor(q * Math.log10(2));
    // Between 1 and 10: the width of a rounding interval in units of the last of 17 digits.
    const width = (bits: number) => ((10n ** BigInt(-k)) << BigInt(bits)) >> BigInt(-q);
    // Times c·2¹¹ it gives eight digits, and then 101 bits; it has 32 bits behind its own point.
    const power = width(90 + 32) / 10n ** 9n;
    const words = [power >> 32n, power >> 64n, power, width(26)];
    for (const [i, word] of words.entries()) view.setUint32(at + 4 * i, Number(word & 0xffff_ffffn), true);
    putLayout(view, at + 16, k, 17);
    putLayout(view, at + 32, k, 16);
  }
  return new Uint32Array(view.buffer);
}

/** How so many digits times 10ᵏ are laid out, one or more zeros before them to make 17. */
function putLayout(view: DataView, at: number, k: number, digits: number): void {
  const exponent = k + digits - 1;
  const isDecimal = exponent >= -6;
  const suffix = isDecimal ? "" : `e${exponent}`;
  for (let i = 0; i < suffix.length; i++) view.setUint8(at + i, suffix.charCodeAt(i));
  // Behind "0." and zeros, or so that the second digit comes behind the point.
  view.setUint16(at + 8, isDecimal ? -15 - k : digits - 16, true);
  view.setUint16(at + 10, suffix.length, true);
  // The first two bytes are "0." or the first digit, which the text has in the second byte so far, and the point.
  view.setUint16(at + 12, isDecimal ? 0 : 0xff, true);
  view.setUint16(at + 14, isDecimal ? 0x2e30 : 0x2e00, true);
}
