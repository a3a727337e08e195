import { type ReactNode, useState } from "react";
import { BottomAxis, LeftAxis } from "../chart/axes.tsx";
import { extentOf, linearScale, roundDomain } from "../chart/scale.ts";
import { formatNumber } from "../circuit/format-number.ts";
import type { IterationShares } from "./iteration-shares.ts";
import type { Sweep } from "./sweep.ts";

const plot = { left: 56, top: 34, width: 620, height: 300 };
const legendWidth = 190;
const lineHeight = 20;
const dotsMost = 60;

/** The share of each of the likeliest states over what was swept, as a line each. */
export function IterationLines({
  sweep,
  of,
}: {
  readonly sweep: Sweep;
  readonly of: IterationShares;
}): ReactNode {
  const [pointed, setPointed] = useState<number>();
  const { states, shares, largest } = of;
  const order = sweep.values.map((_, i) => i).sort((a, b) => sweep.values[a]! - sweep.values[b]!);
  const right = plot.left + plot.width;
  const bottom = plot.top + plot.height;
  const x = linearScale(extentOf(sweep.values), [plot.left, right]);
  const y = linearScale([0, roundDomain([0, largest], 5)[1]], [bottom, plot.top]);
  const total = right + legendWidth;
  const height = Math.max(bottom + 46, plot.top + states.length * lineHeight);
  return (
    <svg
      className="plot"
      width={total}
      height={height}
      viewBox={`0 0 ${total} ${height}`}
      role="img"
      aria-label={`${states.length} states over ${sweep.values.length} values of ${sweep.name}`}
    >
      <LeftAxis scale={y} x={plot.left} to={right} title="probability" />
      <BottomAxis scale={x} y={bottom} title={sweep.name} />
      {states
        .map((_, k) => states.length - 1 - k)
        .map((i) => {
          // The likeliest are drawn last, and every other line is dashed: lines that coincide show one through another.
          const state = states[i]!;
          const points = order.map((run) => [x.at(sweep.values[run]!), y.at(shares[run]![i]!)] as const);
          return (
            <g
              key={state}
              className={`series series-${i % 8}${i % 2 === 1 ? " dashed" : ""}`}
              opacity={pointed === undefined || pointed === i ? 1 : 0.2}
              onPointerEnter={() => setPointed(i)}
              onPointerLeave={() => setPointed(undefined)}
            >
              <path
                className="line"
                d={points.map(([px, py], k) => `${k === 0 ? "M" : "L"}${px} ${py}`).join("")}
              />
              {points.length <= dotsMost &&
                points.map(([px, py], k) => (
                  <circle key={order[k]!} className="dot" cx={px} cy={py} r={3}>
                    <title>{`${sweep.name} = ${formatNumber(sweep.values[order[k]!]!)}\n${state}: ${shares[order[k]!]![i]!.toFixed(4)}`}</title>
                  </circle>
                ))}
              <line
                className="line"
                x1={right + 20}
                x2={right + 38}
                y1={plot.top + (i + 0.5) * lineHeight}
                y2={plot.top + (i + 0.5) * lineHeight}
              />
              <text className="state" x={right + 46} y={plot.top + (i + 0.5) * lineHeight}>
                {state}
              </text>
            </g>
          );
        })}
    </svg>
  );
}
