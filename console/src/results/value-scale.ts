import { linearScale, type Scale, ticksOf } from "../chart/scale.ts";
import { formatNumber } from "../circuit/format-number.ts";

export interface ValueAxis extends Scale {
  readonly ticks: readonly number[];
  readonly format: (value: number) => string;
}

/** Powers of ten that a logarithmic axis spans at most: what is less ends at its left. */
const decadesMost = 8;

/** The axis of bars from 0 on: linear, or by powers of ten, which begin below the least value that is drawn. */
export function valueAxis(
  values: readonly number[],
  kind: "linear" | "log",
  [start, end]: readonly [number, number],
): ValueAxis {
  const positive = values.filter((value) => value > 0);
  const largest = Math.max(...positive, Number.MIN_VALUE);
  const ticksMost = Math.max(2, Math.floor((end - start) / 90));
  if (kind === "linear" || positive.length === 0) {
    const domain = [0, positive.length === 0 ? 1 : largest] as const;
    return { ...linearScale(domain, [start, end]), ticks: ticksOf(domain, ticksMost), format: formatTick };
  }
  const to = Math.ceil(Math.log10(largest) - 1e-9);
  const least = Math.floor(Math.log10(Math.min(...positive)) - 1e-9);
  const from = Math.max(Math.min(least, to - 1), to - decadesMost);
  const inner = linearScale([from, to], [start, end]);
  const step = Math.ceil((to - from) / ticksMost);
  const powers = Array.from(
    { length: Math.floor((to - from) / step) + 1 },
    (_, i) => 10 ** (from + i * step),
  );
  // Where there are few powers of ten, those between them that read well stand there, too.
  const isFine = (to - from) * 3 <= ticksMost;
  const ticks = isFine
    ? powers.flatMap((power) => [1, 2, 5].map((times) => times * power)).filter((tick) => tick <= 10 ** to)
    : powers;
  return {
    domain: [10 ** from, 10 ** to],
    at: (value) => (value <= 10 ** from ? start : inner.at(Math.log10(value))),
    ticks,
    format: formatTick,
  };
}

function formatTick(value: number): string {
  return value >= 1_000 && value < 1e7 ? value.toLocaleString("en") : formatNumber(value);
}
