/**
 * 10ᵉ for e from −292 to 324 as [high, low] 64-bit words with the highest bit set, rounded up: what `writeNumber` of
 * photonics/kernels multiplies doubles by.
 */
export function powersOfTen(): BigUint64Array {
  const words = new BigUint64Array(2 * (324 + 292 + 1));
  for (let e = -292, i = 0; e <= 324; e++, i += 2) {
    const power = 10n ** BigInt(Math.abs(e));
    const length = BigInt(power.toString(2).length);
    let rounded: bigint;
    if (e < 0) rounded = (1n << (127n + length)) / power + 1n;
    else if (length <= 128n) rounded = power << (128n - length);
    else rounded = (power >> (length - 128n)) + 1n;
    words[i] = rounded >> 64n;
    words[i + 1] = rounded & 0xffff_ffff_ffff_ffffn;
  }
  return words;
}
