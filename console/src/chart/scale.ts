/** From values to places along an axis. */
export interface Scale {
  readonly domain: readonly [number, number];
  at(value: number): number;
}

/** A linear scale. Values that are all alike stand in the middle. */
export function linearScale(
  [from, to]: readonly [number, number],
  [start, end]: readonly [number, number],
): Scale {
  const at = (value: number) =>
    from === to ? (start + end) / 2 : start + ((value - from) / (to - from)) * (end - start);
  return { domain: [from, to], at };
}

/** Round values within a domain, `most` of them at most: steps of 1, 2 or 5 times a power of ten. */
export function ticksOf([from, to]: readonly [number, number], most: number): number[] {
  if (from === to) return [from];
  const rough = (to - from) / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((each) => each * power >= rough * (1 - 1e-9)) ?? 10);
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** The least and the greatest of values. */
export function extentOf(values: readonly number[]): [number, number] {
  let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
  }
  return values.length === 0 ? [0, 1] : [least, greatest];
}

/** A domain that begins and ends at round values, or as near to them as reads well. */
export function roundDomain([from, to]: readonly [number, number], most: number): [number, number] {
  if (from === to) return from === 0 ? [0, 1] : [from - Math.abs(from) * 0.1, to + Math.abs(to) * 0.1];
  const [first, second] = ticksOf([from, to], most);
  const step = second === undefined ? to - from : second - first!;
  return [
    Number((Math.floor(from / step + 1e-9) * step).toPrecision(12)),
    Number((Math.ceil(to / step - 1e-9) * step).toPrecision(12)),
  ];
}
