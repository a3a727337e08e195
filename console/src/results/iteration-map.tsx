import { type ReactNode, useMemo, useState } from "react";
import { ticksFor } from "../chart/angle-ticks.ts";
import { BottomAxis } from "../chart/axes.tsx";
import { ColorLegend } from "../chart/color-legend.tsx";
import { FieldMap } from "../chart/field-map.tsx";
import { boundsBetween, type Field } from "../chart/fields.ts";
import { Readout } from "../chart/readout.tsx";
import { extentOf, linearScale } from "../chart/scale.ts";
import { formatNumber } from "../circuit/format-number.ts";
import { formatShare } from "./format-share.ts";
import type { IterationShares } from "./iteration-shares.ts";
import { shortState, stateCharacterWidth } from "./state-name.ts";
import type { Sweep } from "./sweep.ts";

/** Few states are given more room each. */
const heightLeast = 176;
const rowHeights = { least: 22, most: 44 };
const top = 48;

interface MapProps {
  readonly sweep: Sweep;
  readonly of: IterationShares;
  readonly width: number;
  readonly onChoose: (run: number) => void;
}

/** The likeliest states over what was swept: the darker a field, the likelier the state. */
export function IterationMap({ sweep, of, width, onChoose }: MapProps): ReactNode {
  const { states, shares, largest } = of;
  const [pointed, setPointed] = useState<Field>();
  const longest = Math.max(...states.map((state) => state.length), 5);
  const characters = Math.min(longest, Math.floor((width * 0.42) / stateCharacterWidth));
  const left = characters * stateCharacterWidth + 12;
  const rowHeight = Math.min(rowHeights.most, Math.max(rowHeights.least, heightLeast / states.length));
  const height = states.length * rowHeight;
  const bottom = top + height;
  const right = width - 10;
  const columns = useMemo(() => columnsOf(sweep.values), [sweep]);
  const x = linearScale([columns[0]?.from ?? 0, columns.at(-1)?.to ?? 1], [left, right]);
  const fields = useMemo(() => {
    const at = linearScale([columns[0]?.from ?? 0, columns.at(-1)?.to ?? 1], [left, right]).at;
    return columns.flatMap(({ run, from, to }, column) =>
      states.map(
        (_, row): Field => ({
          column,
          row,
          x: at(from),
          y: top + row * rowHeight,
          width: Math.max(at(to) - at(from), 0.5),
          height: rowHeight,
          value: shares[run]![row]!,
        }),
      ),
    );
  }, [columns, states, shares, left, right, rowHeight]);
  const describe = ({ column, row, value }: Field) =>
    `${sweep.name} = ${formatNumber(sweep.values[columns[column]!.run]!)}, ${states[row]}: ${formatShare(value)}`;
  const ticks = ticksFor(extentOf(sweep.values), Math.max(2, Math.min(6, Math.floor((right - left) / 60))));
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: SVG has no fieldset */}
      <svg
        className="plot"
        width={width}
        height={bottom + 46}
        viewBox={`0 0 ${width} ${bottom + 46}`}
        role="group"
        aria-label={`${states.length} states over ${sweep.values.length} values of ${sweep.name}`}
      >
        <text className="axis-title" x={left - 12} y={top - 12} textAnchor="end">
          state
        </text>
        {states.map((state, row) => (
          <text
            key={state}
            className="state"
            x={left - 12}
            y={top + (row + 0.5) * rowHeight}
            textAnchor="end"
          >
            <title>{state}</title>
            {shortState(state, characters)}
          </text>
        ))}
        <FieldMap
          fields={fields}
          area={{ x: left, y: top, width: right - left, height }}
          domain={[0, largest]}
          describe={describe}
          onPoint={setPointed}
          onChoose={({ column }) => onChoose(columns[column]!.run)}
        />
        <BottomAxis
          scale={{ ...x, domain: extentOf(sweep.values) }}
          y={bottom}
          title={sweep.name}
          ticks={ticks.values}
          format={ticks.format}
        />
        <ColorLegend title="probability" domain={[0, largest]} right={right} y={top - 14} />
      </svg>
      <Readout text={pointed && describe(pointed)} />
    </>
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
  const bounds = boundsBetween([...new Set(runs.map(({ value }) => value))]);
  const sharing = Map.groupBy(runs, ({ value }) => value);
  return [...sharing.values()].flatMap((here, i) => {
    const [from, to] = [bounds[i]!, bounds[i + 1]!];
    const part = (to - from) / here.length;
    return here.map(({ run }, k) => ({ run, from: from + k * part, to: from + (k + 1) * part }));
  });
}
