import { formatAngle, formatNumber } from "../circuit/format-number.ts";
import { ticksOf } from "./scale.ts";

export interface Ticks {
  readonly values: readonly number[];
  readonly format: (value: number) => string;
}

const quarter = Math.PI / 4;
const steps = [1 / 8, 1 / 4, 1 / 2, 1, 2, 4, 8].map((times) => times * Math.PI);

/** Ticks of an axis: parts of π where it ends at one, as swept angles do, and round numbers elsewhere. */
export function ticksFor(domain: readonly [number, number], most: number): Ticks {
  const [from, to] = domain;
  const step = steps.find((each) => (to - from) / each <= most);
  if (step === undefined || !isAngle(domain)) return { values: ticksOf(domain, most), format: formatNumber };
  const first = Math.ceil(from / step - 1e-6);
  const last = Math.floor(to / step + 1e-6);
  const values = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => (first + i) * step);
  return values.length < 2
    ? { values: ticksOf(domain, most), format: formatNumber }
    : { values, format: formatAngle };
}

/** Whether both ends are quarters of π, and not both nothing. */
function isAngle([from, to]: readonly [number, number]): boolean {
  return from !== to && [from, to].every((end) => Math.abs(end / quarter - Math.round(end / quarter)) < 1e-6);
}
