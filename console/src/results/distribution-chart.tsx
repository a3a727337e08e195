import type { ReactNode } from "react";
import { BottomAxis } from "../chart/axes.tsx";
import { formatShare } from "./format-share.ts";
import { shortState, stateCharacterWidth } from "./state-name.ts";
import type { Shown } from "./states.ts";
import { valueAxis } from "./value-scale.ts";

interface ChartProps {
  readonly shown: Shown;
  /** What the values are: probabilities have decimals, counts have none. */
  readonly kind: "probability" | "count";
  readonly scale: "linear" | "log";
  /** What all values add up to, also those that are not shown. */
  readonly total: number;
  readonly width: number;
}

const top = 4;
const below = 46;
const digitWidth = 7.2;

/** A distribution as one bar a line. Names that are longer than their bars stand above them. */
export function DistributionChart({ shown, kind, scale, total, width }: ChartProps): ReactNode {
  const { entries, othersCount, othersValue } = shown;
  const written = (value: number) =>
    kind === "probability" ? formatShare(value) : `${value.toLocaleString("en")} · ${percent(value, total)}`;
  const othersName = `${othersCount.toLocaleString("en")} others`;
  const rows = othersCount > 0 ? [...entries, [othersName, othersValue] as const] : entries;
  const nameWidth = Math.max(...rows.map(([name]) => name.length), 4) * stateCharacterWidth;
  const valueWidth = Math.max(...rows.map(([, value]) => written(value).length)) * digitWidth + 8;
  const isAbove = nameWidth > width * 0.42;
  const left = isAbove ? 12 : nameWidth + 10;
  const right = width - valueWidth - 10;
  const rowHeight = isAbove ? 40 : 24;
  const middle = isAbove ? 28 : 12;
  const bottom = top + rows.length * rowHeight + 4;
  const values = entries.map(([, value]) => value);
  const axis = valueAxis(values, scale, [left, right]);
  return (
    <svg
      className="distribution"
      viewBox={`0 0 ${width} ${bottom + below}`}
      width={width}
      height={bottom + below}
      role="img"
      aria-label={`${entries.length} ${entries.length === 1 ? "state" : "states"}, the likeliest ${likeliest(entries)}`}
    >
      {axis.ticks.map((tick) => (
        <line key={tick} className="grid-line" x1={axis.at(tick)} x2={axis.at(tick)} y1={top} y2={bottom} />
      ))}
      {rows.map(([name, value], row) => {
        const y = top + row * rowHeight + middle;
        const isOthers = name === othersName;
        // The others together would often dwarf every state: their bar then ends where the axis does, broken.
        const isBroken = value > axis.domain[1];
        const end = isBroken ? right : Math.max(axis.at(value), value > 0 ? left + 1.5 : left);
        return (
          <g key={name}>
            <title>{`${name}: ${value}`}</title>
            <text
              className={isOthers ? "state value" : "state"}
              x={isAbove ? left : nameWidth}
              y={isAbove ? y - 18 : y}
              textAnchor={isAbove ? "start" : "end"}
            >
              {shortState(name, Math.floor((width - left) / stateCharacterWidth))}
            </text>
            <rect
              className={isOthers ? "bar others" : "bar"}
              x={left}
              y={y - 7}
              width={end - left}
              height={14}
              rx={Math.min(3, (end - left) / 2)}
            />
            {isBroken && (
              <path className="break" d={`M${right - 26} ${y + 9}l6 -18M${right - 19} ${y + 9}l6 -18`} />
            )}
            <text className="value" x={width - 2} y={y} textAnchor="end">
              {written(value)}
            </text>
          </g>
        );
      })}
      <BottomAxis scale={axis} y={bottom} title={kind} ticks={axis.ticks} format={axis.format} />
    </svg>
  );
}

function likeliest(entries: Shown["entries"]): string {
  return entries.reduce((best, each) => (each[1] > best[1] ? each : best), entries[0] ?? ["none", 0])[0];
}

function percent(value: number, total: number): string {
  return `${((100 * value) / total).toLocaleString("en", { minimumSignificantDigits: 2, maximumSignificantDigits: 2 })} %`;
}
