import type { ReactNode } from "react";
import { BottomAxis } from "../chart/axes.tsx";
import { formatShare } from "./format-share.ts";
import type { Pair } from "./pair-states.ts";
import { shortState, stateCharacterWidth } from "./state-name.ts";
import { valueAxis } from "./value-scale.ts";

const rowHeight = 34;
const valueWidth = 56;
const below = 46;

interface PairChartProps {
  readonly pairs: readonly Pair[];
  /** What the two distributions are of. */
  readonly names: readonly [string, string];
  readonly width: number;
}

/** Two distributions as two bars a state. Names that are longer than their bars stand above them. */
export function PairChart({ pairs, names, width }: PairChartProps): ReactNode {
  const nameWidth = Math.max(...pairs.map(({ state }) => state.length), 4) * stateCharacterWidth;
  const isAbove = nameWidth > width * 0.42;
  const height = isAbove ? rowHeight + 16 : rowHeight;
  const left = isAbove ? 12 : nameWidth + 10;
  const right = width - valueWidth;
  // The names stand beside each other where there is room, and under each other where there is not.
  const isTwoLines = width < 620;
  const nameMost = Math.floor((isTwoLines ? width - 24 : (width - left) / 2 - 28) / 7);
  const top = isTwoLines ? 46 : 28;
  const bottom = top + pairs.length * height;
  const values = pairs.flatMap(({ first, second }) => [first, second]);
  const axis = valueAxis(values, "linear", [left, right]);
  return (
    <svg
      className="distribution"
      viewBox={`0 0 ${width} ${bottom + below}`}
      width={width}
      height={bottom + below}
      role="img"
      aria-label={`${pairs.length} ${pairs.length === 1 ? "state" : "states"} in two distributions`}
    >
      {names.map((name, i) => {
        const x = isTwoLines ? 2 : left + (i * (width - left)) / 2;
        const y = isTwoLines ? 10 + i * 18 : 10;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the one and the other
          <g key={i}>
            <rect className={i === 0 ? "bar" : "bar second"} x={x} y={y - 6} width={12} height={12} rx={3} />
            <text x={x + 18} y={y}>
              <title>{name}</title>
              {shortState(name, nameMost)}
            </text>
          </g>
        );
      })}
      {axis.ticks.map((tick) => (
        <line key={tick} className="grid-line" x1={axis.at(tick)} x2={axis.at(tick)} y1={top} y2={bottom} />
      ))}
      {pairs.map(({ state, first, second }, row) => {
        const y = top + row * height + (isAbove ? 18 : 3);
        return (
          <g key={state}>
            <title>{`${state}: ${first} and ${second}`}</title>
            <text
              className="state"
              x={isAbove ? left : nameWidth}
              y={isAbove ? y - 9 : y + 13}
              textAnchor={isAbove ? "start" : "end"}
            >
              {shortState(state, Math.floor((width - left) / stateCharacterWidth))}
            </text>
            {[first, second].map((share, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the one and the other
              <g key={i}>
                <rect
                  className={i === 0 ? "bar" : "bar second"}
                  x={left}
                  y={y + i * 13}
                  width={axis.at(share) - left}
                  height={11}
                  rx={Math.min(2.5, (axis.at(share) - left) / 2)}
                />
                <text className="value" x={axis.at(share) + 6} y={y + i * 13 + 6}>
                  {formatShare(share)}
                </text>
              </g>
            ))}
          </g>
        );
      })}
      <BottomAxis scale={axis} y={bottom} title="probability" ticks={axis.ticks} format={axis.format} />
    </svg>
  );
}
