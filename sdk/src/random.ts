/** Draws as many random bytes. Secrets are made of them: they must not be guessed. */
export type Random = (bytes: number) => Uint8Array;

export const systemRandom: Random = (bytes) => crypto.getRandomValues(new Uint8Array(bytes));

/** A UUID of version 4. `crypto.randomUUID` exists in pages of secure origins only, and a lab's console may not be one. */
export function drawUuid(random: Random = systemRandom): string {
  const bytes = random(16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** A whole number from 0 to below `bound`, each as likely as the others. Bounds are up to 256. */
export function drawBelow(bound: number, random: Random): number {
  const fair = 256 - (256 % bound);
  for (;;) {
    const byte = random(1)[0]!;
    if (byte < fair) return byte % bound;
  }
}

/** A number from 0 to below 1, where nobody minds a coarse one. */
export function drawFraction(random: Random): number {
  const [high, low] = random(2);
  return (high! * 256 + low!) / 65_536;
}
