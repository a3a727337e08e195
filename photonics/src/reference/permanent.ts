import type { ComplexMatrix } from "../model/index.ts";

/** A complex number. */
export type Complex = readonly [re: number, im: number];

export const one: Complex = [1, 0];

export function times([a, b]: Complex, [c, d]: Complex): Complex {
  return [a * c - b * d, a * d + b * c];
}

export function plus([a, b]: Complex, [c, d]: Complex): Complex {
  return [a + c, b + d];
}

export function conjugate([a, b]: Complex): Complex {
  return [a, -b];
}

export function entry({ cols, data }: ComplexMatrix, row: number, col: number): Complex {
  const at = 2 * (row * cols + col);
  return [data[at]!, data[at + 1]!];
}

/** Every order of the numbers 0 to size − 1. */
export function permutations(size: number): number[][] {
  if (size === 0) return [[]];
  return permutations(size - 1).flatMap((shorter) =>
    Array.from({ length: size }, (_, at) => shorter.toSpliced(at, 0, size - 1)),
  );
}

/** By definition: Σ over permutations σ of ∏ᵢ a[i][σ(i)]. */
export function permanent(size: number, a: (row: number, col: number) => Complex): Complex {
  return permutations(size).reduce<Complex>(
    (sum, order) =>
      plus(
        sum,
        order.reduce<Complex>((product, col, row) => times(product, a(row, col)), one),
      ),
    [0, 0],
  );
}
