import type { ReactNode } from "react";
import type { Shown } from "./states.ts";

interface ChartProps {
  readonly shown: Shown;
  /** What the values are: probabilities have decimals, counts have none. */
  readonly kind: "probability" | "count";
  readonly scale: "linear" | "log";
}

const rowHeight = 24;
const barLeft = 8;
const barWidth = 560;
const valueWidth = 110;
const characterWidth = 7.4;
/** On a logarithmic scale the shortest bar still shows, and stands for this part of the longest. */
const decades = 6;

/** A distribution as one bar a line. */
export function DistributionChart({ shown, kind, scale }: ChartProps): ReactNode {
  const rows: (readonly [string, number])[] = [...shown.entries];
  const othersName = `${shown.othersCount.toLocaleString("en")} others`;
  if (shown.othersCount > 0) rows.push([othersName, shown.othersValue]);
  // The others together would often dwarf every state: their bar ends where the longest does.
  const largest = Math.max(...shown.entries.map(([, value]) => value), Number.MIN_VALUE);
  const nameWidth = Math.max(...rows.map(([name]) => name.length), 4) * characterWidth;
  const left = nameWidth + barLeft;
  return (
    <svg
      className="distribution"
      viewBox={`0 0 ${left + barWidth + valueWidth} ${rows.length * rowHeight + 4}`}
      width={left + barWidth + valueWidth}
      height={rows.length * rowHeight + 4}
      role="img"
      aria-label={`${rows.length} states, the likeliest ${rows[0]?.[0] ?? "none"}`}
    >
      {rows.map(([name, value], row) => {
        const y = row * rowHeight + rowHeight / 2;
        const length = barWidth * Math.min(1, fraction(value, largest, scale));
        return (
          <g key={name}>
            <title>{`${name}: ${value}`}</title>
            <text className="state" x={nameWidth} y={y}>
              {name}
            </text>
            <rect className="track" x={left} y={y - 7} width={barWidth} height={14} rx={3} />
            <rect
              className={name === othersName ? "bar others" : "bar"}
              x={left}
              y={y - 7}
              width={length}
              height={14}
              rx={3}
            />
            <text className="value" x={left + barWidth + 10} y={y}>
              {formatValue(value, kind)}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

function fraction(value: number, largest: number, scale: ChartProps["scale"]): number {
  if (value <= 0) return 0;
  if (scale === "linear") return value / largest;
  return Math.max(0.01, 1 + Math.log10(value / largest) / decades);
}

function formatValue(value: number, kind: ChartProps["kind"]): string {
  if (kind === "count") return value.toLocaleString("en");
  return value !== 0 && value < 1e-4 ? value.toExponential(2) : value.toFixed(4);
}
