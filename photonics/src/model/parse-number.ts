const decimal = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/;
const lengthMax = 64;

/** Reads a finite decimal number; NaN for any other text, so that no two readers can differ about it. */
export function parseNumber(text: string): number {
  if (text.length > lengthMax || !decimal.test(text)) return Number.NaN;
  const number = Number(text);
  return Number.isFinite(number) ? number : Number.NaN;
}

/** Writes a number with all its digits, and no `+`, which separates terms where numbers are factors. */
export function printNumber(number: number): string {
  return Object.is(number, -0) ? "-0" : String(number).replace("e+", "e");
}
