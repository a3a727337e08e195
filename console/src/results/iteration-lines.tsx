import { type ReactNode, useState } from "react";
import { ticksFor } from "../chart/angle-ticks.ts";
import { BottomAxis, LeftAxis } from "../chart/axes.tsx";
import { extentOf, linearScale, roundDomain } from "../chart/scale.ts";
import { formatNumber } from "../circuit/format-number.ts";
import { formatShare } from "./format-share.ts";
import type { IterationShares } from "./iteration-shares.ts";
import { shortState, stateCharacterWidth } from "./state-name.ts";
import type { Sweep } from "./sweep.ts";

const place = { left: 48, top: 34, height: 300, below: 46 };
const lineHeight = 20;
const sampleWidth = 46;
const dotsMost = 60;
/** From this width on, the names of the states stand beside the lines; below it, under them. */
const wide = 620;

interface LinesProps {
  readonly sweep: Sweep;
  readonly of: IterationShares;
  readonly width: number;
}

/** The share of each of the likeliest states over what was swept, as a line each. */
export function IterationLines({ sweep, of, width }: LinesProps): ReactNode {
  const [pointed, setPointed] = useState<number>();
  const { states, shares, largest } = of;
  const order = sweep.values.map((_, i) => i).sort((a, b) => sweep.values[a]! - sweep.values[b]!);
  const isWide = width >= wide;
  const longest = Math.max(...states.map((state) => state.length), 4);
  const characters = Math.min(
    longest,
    Math.floor((width * (isWide ? 0.3 : 1) - sampleWidth) / stateCharacterWidth),
  );
  const right = isWide ? width - sampleWidth - characters * stateCharacterWidth - 24 : width - 12;
  const bottom = place.top + place.height;
  const legend = isWide ? { x: right + 20, y: place.top } : { x: place.left - 40, y: bottom + 52 };
  const x = linearScale(extentOf(sweep.values), [place.left, right]);
  const y = linearScale([0, roundDomain([0, largest], 5)[1]], [bottom, place.top]);
  const legendEnd = legend.y + states.length * lineHeight;
  const height = isWide ? Math.max(bottom + place.below, legendEnd) : legendEnd;
  const ticks = ticksFor(x.domain, Math.max(2, Math.min(8, Math.floor((right - place.left) / 60))));
  return (
    <svg
      className="plot"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={`${states.length} states over ${sweep.values.length} values of ${sweep.name}`}
    >
      <LeftAxis scale={y} x={place.left} to={right} title="probability" />
      <BottomAxis scale={x} y={bottom} title={sweep.name} ticks={ticks.values} format={ticks.format} />
      {states
        .map((_, k) => states.length - 1 - k)
        .map((i) => {
          // The likeliest are drawn last, and every other line is dashed: lines that coincide show one through another.
          const state = states[i]!;
          const points = order.map((run) => [x.at(sweep.values[run]!), y.at(shares[run]![i]!)] as const);
          const legendY = legend.y + (i + 0.5) * lineHeight;
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
                    <title>{`${sweep.name} = ${formatNumber(sweep.values[order[k]!]!)}\n${state}: ${formatShare(shares[order[k]!]![i]!)}`}</title>
                  </circle>
                ))}
              <line className="line" x1={legend.x} x2={legend.x + 20} y1={legendY} y2={legendY} />
              <text className="state" x={legend.x + 28} y={legendY}>
                <title>{state}</title>
                {shortState(state, characters)}
              </text>
            </g>
          );
        })}
    </svg>
  );
}
