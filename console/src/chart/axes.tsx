import type { ReactNode } from "react";
import { formatNumber } from "../circuit/format-number.ts";
import { type Scale, ticksOf } from "./scale.ts";

interface AxisProps {
  readonly scale: Scale;
  readonly title: string;
  /** How ticks are written: as numbers unless given. */
  readonly format?: (value: number) => string;
  readonly ticks?: readonly number[];
}

/** The axis below a plot: its line at `y`, ticks, their values and what they are of. */
export function BottomAxis(props: AxisProps & { readonly y: number }): ReactNode {
  const { scale, title, y, format = formatNumber } = props;
  const [from, to] = scale.domain;
  const ticks = props.ticks ?? ticksOf(scale.domain, 6);
  return (
    <g>
      <line className="axis-line" x1={scale.at(from)} x2={scale.at(to)} y1={y} y2={y} />
      {ticks.map((tick) => (
        <g key={tick}>
          <line className="axis-line" x1={scale.at(tick)} x2={scale.at(tick)} y1={y} y2={y + 5} />
          <text className="axis" x={scale.at(tick)} y={y + 15} textAnchor="middle">
            {format(tick)}
          </text>
        </g>
      ))}
      <text className="axis-title" x={(scale.at(from) + scale.at(to)) / 2} y={y + 36} textAnchor="middle">
        {title}
      </text>
    </g>
  );
}

/** The axis left of a plot, with lines across it as far as `to`. */
export function LeftAxis(
  props: AxisProps & { readonly x: number; readonly to: number; readonly most?: number },
): ReactNode {
  const { scale, title, x, to, most = 5, format = formatNumber } = props;
  const ticks = props.ticks ?? ticksOf(scale.domain, most);
  const top = Math.min(scale.at(scale.domain[0]), scale.at(scale.domain[1]));
  return (
    <g>
      {ticks.map((tick) => (
        <g key={tick}>
          <line className="grid-line" x1={x} x2={to} y1={scale.at(tick)} y2={scale.at(tick)} />
          <text className="axis" x={x - 8} y={scale.at(tick)} textAnchor="end">
            {format(tick)}
          </text>
        </g>
      ))}
      {title !== "" && (
        <text className="axis-title" x={x - 8} y={top - 16} textAnchor="start" dx={-22}>
          {title}
        </text>
      )}
    </g>
  );
}
