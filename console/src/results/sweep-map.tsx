import type { RunResults } from "@corbenic/sdk";
import { type ReactNode, useMemo, useState } from "react";
import { ticksFor } from "../chart/angle-ticks.ts";
import { BottomAxis, LeftAxis } from "../chart/axes.tsx";
import { ColorLegend } from "../chart/color-legend.tsx";
import { FieldMap } from "../chart/field-map.tsx";
import { boundsBetween, type Field } from "../chart/fields.ts";
import { NumbersTable } from "../chart/numbers-table.tsx";
import { Readout } from "../chart/readout.tsx";
import { extentOf, linearScale, roundDomain } from "../chart/scale.ts";
import { formatNumber } from "../circuit/format-number.ts";
import { formatShare } from "./format-share.ts";
import type { Sweep } from "./sweep.ts";
import { type Colored, gridOf, meanOf } from "./two-sweeps.ts";

interface SweepMapProps {
  readonly runs: readonly RunResults[];
  readonly across: Sweep;
  readonly up: Sweep;
  readonly colored: Colored;
  readonly width: number;
  readonly onChoose: (run: number) => void;
}

const left = 62;
const top = 52;
const below = 46;

/** Iterations over two parameters at once: each field is the iteration at its crossing, colored by what it found. */
export function SweepMap({ runs, across, up, colored, width, onChoose }: SweepMapProps): ReactNode {
  const [pointed, setPointed] = useState<Field>();
  const right = width - 10;
  const height = Math.round(Math.min(440, Math.max(190, (right - left) * 0.62)));
  const bottom = top + height;
  const grid = useMemo(() => gridOf(across, up), [across, up]);
  const x = scaleOver(grid.columns, [left, right]);
  const y = scaleOver(grid.rows, [bottom, top]);
  const fields = useMemo(() => {
    const toX = scaleOver(grid.columns, [left, right]);
    const toY = scaleOver(grid.rows, [bottom, top]);
    return grid.crossings.flatMap(({ column, row, runs: here }): Field[] => {
      const value = meanOf(here.map((run) => colored.readIn(runs[run]!)));
      if (value === undefined) return [];
      const [x0, x1] = atLeastSeen(toX.at(toX.bounds[column]!), toX.at(toX.bounds[column + 1]!));
      const [y0, y1] = atLeastSeen(toY.at(toY.bounds[row + 1]!), toY.at(toY.bounds[row]!));
      // Rows of fields count from the top, as arrow keys go.
      return [
        { column, row: grid.rows.length - 1 - row, x: x0, y: y0, width: x1 - x0, height: y1 - y0, value },
      ];
    });
  }, [grid, runs, colored, right, bottom]);
  const domain = useMemo(() => shadedDomain(fields.map(({ value }) => value)), [fields]);
  const crossingAt = ({ column, row }: Field) =>
    grid.crossings.find((each) => each.column === column && each.row === grid.rows.length - 1 - row)!;
  const describe = (field: Field) => {
    const count = crossingAt(field).runs.length;
    const values = [
      `${across.name} = ${formatNumber(grid.columns[field.column]!)}`,
      `${up.name} = ${formatNumber(grid.rows[grid.rows.length - 1 - field.row]!)}`,
    ];
    return `${values.join(", ")}: ${formatShare(field.value)}${count > 1 ? `, the mean of ${count} iterations` : ""}`;
  };
  const xTicks = ticksFor(extentOf(grid.columns), Math.max(2, Math.min(8, Math.floor((right - left) / 70))));
  const yTicks = ticksFor(extentOf(grid.rows), Math.max(2, Math.min(6, Math.floor(height / 44))));
  const total = bottom + below;
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: SVG has no fieldset */}
      <svg
        className="plot"
        width={width}
        height={total}
        viewBox={`0 0 ${width} ${total}`}
        role="group"
        aria-label={`${colored.name} over ${grid.columns.length} values of ${across.name} and ${grid.rows.length} of ${up.name}`}
      >
        <FieldMap
          fields={fields}
          area={{ x: left, y: top, width: right - left, height }}
          domain={domain}
          describe={describe}
          onPoint={setPointed}
          onChoose={(field) => onChoose(crossingAt(field).runs[0]!)}
        />
        <LeftAxis
          scale={{ ...y, domain: extentOf(grid.rows) }}
          x={left}
          to={left}
          title=""
          ticks={yTicks.values}
          format={yTicks.format}
        />
        <text className="axis-title" x={left - 8} y={top - 16} textAnchor="end">
          {up.name}
        </text>
        <BottomAxis
          scale={{ ...x, domain: extentOf(grid.columns) }}
          y={bottom}
          title={across.name}
          ticks={xTicks.values}
          format={xTicks.format}
        />
        <ColorLegend title={colored.name} domain={domain} right={right} y={top - 16} />
      </svg>
      <Readout text={pointed && describe(pointed)} />
      <NumbersTable
        label={`${colored.name} over ${across.name} and ${up.name}`}
        head={[`${up.name} \\ ${across.name}`, ...grid.columns.map(formatNumber)]}
        rows={() => {
          const values = new Map(
            grid.crossings.map(({ column, row, runs: here }) => [
              row * grid.columns.length + column,
              meanOf(here.map((run) => colored.readIn(runs[run]!))),
            ]),
          );
          return grid.rows.map((value, row) => [
            formatNumber(value),
            ...grid.columns.map((_, column) => {
              const found = values.get(row * grid.columns.length + column);
              return found === undefined ? "" : formatShare(found);
            }),
          ]);
        }}
      />
    </>
  );
}

const narrowest = 4;

/** Where values are scattered, and no grid, a field would be too narrow to be seen: it is drawn wider around its middle. */
function atLeastSeen(from: number, to: number): [number, number] {
  const lacking = Math.max(0, narrowest - (to - from)) / 2;
  return [from - lacking, to + lacking];
}

function scaleOver(values: readonly number[], range: readonly [number, number]) {
  const bounds = boundsBetween(values);
  return { ...linearScale([bounds[0]!, bounds.at(-1)!], range), bounds };
}

/** Shades go from 0 on, but where all values are close to each other: there from the least. */
function shadedDomain(values: readonly number[]): [number, number] {
  const [least, greatest] = extentOf(values);
  const [from, to] = roundDomain([least > greatest / 2 ? least : 0, greatest], 5);
  return [from, to];
}
