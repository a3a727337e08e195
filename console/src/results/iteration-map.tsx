import type { ReactNode } from "react";
import { BottomAxis } from "../chart/axes.tsx";
import { extentOf, linearScale } from "../chart/scale.ts";
import type { IterationShares } from "./iteration-shares.ts";
import type { Sweep } from "./sweep.ts";

/** Few states are given more room each. */
const heightLeast = 176;
const rowHeights = { least: 22, most: 44 };
const characterWidth = 7.4;
const mapWidth = 620;
const top = 26;
const legend = { gap: 26, width: 14, label: 56 };
const steps = 24;

interface MapProps {
  readonly sweep: Sweep;
  readonly of: IterationShares;
  readonly onChoose: (run: number) => void;
}

/** The likeliest states over what was swept: the darker a field, the likelier the state. */
export function IterationMap({ sweep, of, onChoose }: MapProps): ReactNode {
  const { states, shares, largest } = of;
  const left = Math.max(...states.map((state) => state.length), 5) * characterWidth + 12;
  const rowHeight = Math.min(rowHeights.most, Math.max(rowHeights.least, heightLeast / states.length));
  const height = states.length * rowHeight;
  const bottom = top + height;
  const right = left + mapWidth;
  const columns = columnsOf(sweep.values);
  const x = linearScale([columns[0]?.from ?? 0, columns.at(-1)?.to ?? 1], [left, right]);
  const total = right + legend.gap + legend.width + legend.label;
  const opacity = (share: number) => (largest === 0 ? 0 : share / largest);
  return (
    <svg
      className="plot"
      width={total}
      height={bottom + 46}
      viewBox={`0 0 ${total} ${bottom + 46}`}
      role="img"
      aria-label={`${states.length} states over ${sweep.values.length} values of ${sweep.name}`}
    >
      <rect className="map-ground" x={left} y={top} width={mapWidth} height={height} />
      <text className="axis-title" x={left - 12} y={top - 14} textAnchor="end">
        state
      </text>
      {states.map((state, row) => (
        <text key={state} className="state" x={left - 12} y={top + (row + 0.5) * rowHeight} textAnchor="end">
          {state}
        </text>
      ))}
      {columns.map(({ run, from, to }) => (
        // biome-ignore lint/a11y/noStaticElementInteractions: the same choice is in the list of iterations
        <g key={run} onClick={() => onChoose(run)} className="iteration">
          {states.map((state, row) => (
            <rect
              key={state}
              className="field-of-map"
              x={x.at(from)}
              y={top + row * rowHeight}
              width={Math.max(x.at(to) - x.at(from), 0.5)}
              height={rowHeight}
              fillOpacity={opacity(shares[run]![row]!)}
            >
              <title>{`${sweep.name} = ${sweep.values[run]}\n${state}: ${shares[run]![row]!.toFixed(4)}`}</title>
            </rect>
          ))}
        </g>
      ))}
      <BottomAxis scale={{ ...x, domain: extentOf(sweep.values) }} y={bottom} title={sweep.name} />
      <g>
        {Array.from({ length: steps }, (_, i) => (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a step of the legend is its place
            key={i}
            className="field-of-map"
            x={right + legend.gap}
            y={bottom - ((i + 1) * height) / steps}
            width={legend.width}
            height={height / steps + 0.25}
            fillOpacity={(i + 0.5) / steps}
          />
        ))}
        <rect className="frame" x={right + legend.gap} y={top} width={legend.width} height={height} />
        <text className="axis-title" x={right + legend.gap + legend.width} y={top - 14} textAnchor="middle">
          probability
        </text>
        {[0, 0.5, 1].map((part) => (
          <text
            key={part}
            className="axis"
            x={right + legend.gap + legend.width + 6}
            y={Math.min(Math.max(bottom - part * height, top + 6), bottom - 6)}
          >
            {(part * largest).toFixed(2)}
          </text>
        ))}
      </g>
      <rect className="frame" x={left} y={top} width={mapWidth} height={height} />
    </svg>
  );
}

interface MapColumn {
  readonly run: number;
  readonly from: number;
  readonly to: number;
}

/** Each iteration reaches half-way to its neighbours; those of the same value share their place. */
function columnsOf(values: readonly number[]): MapColumn[] {
  const runs = values.map((value, run) => ({ value, run })).sort((a, b) => a.value - b.value);
  const places = [...new Set(runs.map(({ value }) => value))];
  const middle = (i: number) => (places[i]! + places[i + 1]!) / 2;
  const width = places.length < 2 ? 1 : places[1]! - places[0]!;
  const lastWidth = places.length < 2 ? 1 : places.at(-1)! - places.at(-2)!;
  return places.flatMap((value, i) => {
    const from = i === 0 ? value - width / 2 : middle(i - 1);
    const to = i === places.length - 1 ? value + lastWidth / 2 : middle(i);
    const here = runs.filter((each) => each.value === value);
    const part = (to - from) / here.length;
    return here.map(({ run }, k) => ({ run, from: from + k * part, to: from + (k + 1) * part }));
  });
}
