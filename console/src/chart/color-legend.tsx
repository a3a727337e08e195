import type { ReactNode } from "react";
import { formatNumber } from "../circuit/format-number.ts";

/** How many shades a map is drawn in. */
export const shades = 32;

/** The opacity of a shade, the faintest first. */
export function opacityOf(shade: number): number {
  return shade / (shades - 1);
}

const bar = { width: 120, height: 10 };
const digitWidth = 7;

/** What the shades of a map mean, ending at `right`. */
export function ColorLegend(props: {
  readonly title: string;
  readonly domain: readonly [number, number];
  readonly right: number;
  readonly y: number;
}): ReactNode {
  const { title, domain, right, y } = props;
  const greatest = formatNumber(domain[1]);
  const end = right - greatest.length * digitWidth - 6;
  const start = end - bar.width;
  return (
    <g>
      <text className="axis-title" x={right} y={y - 18} textAnchor="end">
        {title}
      </text>
      {Array.from({ length: shades }, (_, shade) => (
        <rect
          // biome-ignore lint/suspicious/noArrayIndexKey: a shade is its number
          key={shade}
          className="field-of-map"
          x={start + (shade * bar.width) / shades}
          y={y - bar.height / 2}
          width={bar.width / shades + 0.25}
          height={bar.height}
          fillOpacity={opacityOf(shade)}
        />
      ))}
      <rect className="frame" x={start} y={y - bar.height / 2} width={bar.width} height={bar.height} />
      <text className="axis" x={start - 6} y={y} textAnchor="end">
        {formatNumber(domain[0])}
      </text>
      <text className="axis" x={right} y={y} textAnchor="end">
        {greatest}
      </text>
    </g>
  );
}
