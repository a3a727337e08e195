/** A moment as people read it, in their own time: `2026-11-24 15:04`. */
export function moment(iso: string | null): string {
  if (iso === null) return "-";
  const date = new Date(iso);
  const two = (number: number) => String(number).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

const units: readonly (readonly [name: string, seconds: number])[] = [
  ["d", 86_400],
  ["h", 3_600],
  ["m", 60],
  ["s", 1],
];

/** Seconds from text such as `90`, `90s`, `15m`, `12h`, `30d`. @throws {RangeError} */
export function seconds(text: string): number {
  const match = /^(\d+(?:\.\d+)?)([dhms]?)$/.exec(text);
  const unit = units.find(([name]) => name === (match?.[2] || "s"));
  if (match === null || unit === undefined) throw new RangeError("Give a time such as 90s, 15m, 12h or 30d.");
  return Number(match[1]) * unit[1];
}

/** Seconds as people read them: `5 s`, `3 m`, `1 h 20 m`, `30 d`. */
export function duration(total: number): string {
  const whole = Math.round(total);
  if (whole < 1) return `${Math.round(total * 1000)} ms`;
  const parts: string[] = [];
  let left = whole;
  for (const [name, size] of units) {
    const count = Math.floor(left / size);
    left -= count * size;
    if (count > 0) parts.push(`${count} ${name}`);
    if (parts.length === 2) break;
  }
  return parts.join(" ");
}
