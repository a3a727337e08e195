import type { ReactNode } from "react";

const local = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const dayAndTime = new Intl.DateTimeFormat(undefined, {
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
});
const day = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });
const relative = new Intl.RelativeTimeFormat("en-GB", { numeric: "auto", style: "short" });

const units: [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

/** A moment in the reader's own time, with UTC on hover. */
export function Moment({ seconds, now }: { readonly seconds: number; readonly now: number }): ReactNode {
  const date = new Date(seconds * 1000);
  return (
    <time dateTime={date.toISOString()} title={`${local.format(date)}\n${date.toISOString()} (UTC)`}>
      {ago(seconds, now)}
    </time>
  );
}

const halfYearS = 183 * 86_400;

/** How long ago a moment was, or the moment itself where that is more than a week: far ones without the hour. */
export function ago(seconds: number, now: number): string {
  const passed = now - seconds;
  const date = new Date(seconds * 1000);
  if (Math.abs(passed) > halfYearS) return day.format(date);
  if (Math.abs(passed) > 7 * 86_400) return dayAndTime.format(date);
  for (const [unit, length] of units) {
    if (Math.abs(passed) >= length) return relative.format(-Math.round(passed / length), unit);
  }
  return Math.abs(passed) < 5 ? "just now" : relative.format(-Math.round(passed), "second");
}

/** A length of time in the two largest units that say something: `1 h 05 min`, `12 s`, `2.3 s`, `40 ms`. */
export function duration(seconds: number): string {
  if (seconds < 1) return seconds === 0 ? "0 s" : `${Math.round(seconds * 1_000)} ms`;
  if (seconds < 10) return `${Number(seconds.toFixed(1))} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} h ${String(minutes % 60).padStart(2, "0")} min`;
  return `${Math.round(hours / 24)} d`;
}
