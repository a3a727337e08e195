import { opacityOf, shades } from "./color-legend.tsx";

/** A field of a map: where it stands, in pixels, and what it shows; undefined for nothing known. */
export interface Field {
  readonly column: number;
  readonly row: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly value: number;
}

export interface Shade {
  readonly opacity: number;
  readonly path: string;
}

/** Fields of one shade as one path: a hundred thousand of them are as few elements as ten. */
export function shadesOf(fields: readonly Field[], [from, to]: readonly [number, number]): Shade[] {
  const shaded = Map.groupBy(fields, ({ value }) => {
    const part = to === from ? 1 : Math.min(1, Math.max(0, (value - from) / (to - from)));
    return Math.round(part * (shades - 1));
  });
  shaded.delete(0);
  return [...shaded]
    .sort(([a], [b]) => a - b)
    .map(([shade, alike]) => ({ opacity: opacityOf(shade), path: pathOf(alike) }));
}

export function pathOf(fields: readonly Field[]): string {
  return fields
    .map(({ x, y, width, height }) => {
      const [left, top, right, bottom] = [x, y, x + width, y + height].map(tenths);
      return `M${left} ${top}H${right}V${bottom}H${left}Z`;
    })
    .join("");
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}

/** The field next to another in a direction, skipping places that have none; the same one at the edge. */
export function nextField(fields: readonly Field[], from: Field, dx: number, dy: number): Field {
  let next: Field | undefined;
  for (const each of fields) {
    const across = dx !== 0 ? (each.column - from.column) * dx : (each.row - from.row) * dy;
    const isAligned = dx !== 0 ? each.row === from.row : each.column === from.column;
    if (!isAligned || across <= 0) continue;
    const before = next && (dx !== 0 ? (next.column - from.column) * dx : (next.row - from.row) * dy);
    if (before === undefined || across < before) next = each;
  }
  return next ?? from;
}

/** The bounds between values: each reaches half-way to its neighbours, and as far on the outside. */
export function boundsBetween(values: readonly number[]): number[] {
  if (values.length < 2) return values.length === 0 ? [] : [values[0]! - 0.5, values[0]! + 0.5];
  const inner = values.slice(1).map((value, i) => (value + values[i]!) / 2);
  return [2 * values[0]! - inner[0]!, ...inner, 2 * values.at(-1)! - inner.at(-1)!];
}
