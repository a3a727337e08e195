import type { ReactNode } from "react";
import { Coupler } from "./coupler.tsx";
import { Cover } from "./cover.tsx";
import { type Geometry, xOf, yOf } from "./geometry.ts";
import { labelOf } from "./label.ts";
import type { Drawn } from "./layout.ts";
import { characterWidth } from "./widths.ts";

export interface ShapeProps {
  readonly drawn: Drawn;
  readonly geometry: Geometry;
}

/** A component as its symbol, over the wires that run through it. */
export function ComponentShape({ drawn, geometry }: ShapeProps): ReactNode {
  switch (drawn.component.kind) {
    case "beam-splitter":
      return <Coupler drawn={drawn} geometry={geometry} of={drawn.component} />;
    case "permutation":
      return <Crossing drawn={drawn} geometry={geometry} permutation={drawn.component.permutation} />;
    case "barrier":
      return drawn.component.visible ? <BarrierLine drawn={drawn} geometry={geometry} /> : null;
    case "polarized-beam-splitter":
      return <Box drawn={drawn} geometry={geometry} className="box polarizing" />;
    case "unitary":
    case "circuit":
      return <Box drawn={drawn} geometry={geometry} className={`box ${drawn.component.kind}`} />;
    case "feed-forward-circuit-provider":
    case "feed-forward-configurator":
      return <FeedForward drawn={drawn} geometry={geometry} />;
    default:
      return <OnWire drawn={drawn} geometry={geometry} />;
  }
}

function Crossing({
  drawn,
  geometry,
  permutation,
}: ShapeProps & { permutation: readonly number[] }): ReactNode {
  const x0 = xOf(geometry, drawn.x);
  const x1 = xOf(geometry, drawn.x + drawn.width);
  const bend = (x1 - x0) * 0.42;
  return (
    <>
      <Cover drawn={drawn} geometry={geometry} />
      {permutation.map((to, from) => {
        const y0 = yOf(geometry, drawn.mode + from);
        const y1 = yOf(geometry, drawn.mode + to);
        const d = `M${x0} ${y0}C${x0 + bend} ${y0} ${x1 - bend} ${y1} ${x1} ${y1}`;
        // The ground behind a line parts it from those it crosses.
        return (
          <g key={to}>
            <path className="under" d={d} />
            <path className="guide" d={d} />
          </g>
        );
      })}
    </>
  );
}

function BarrierLine({ drawn, geometry }: ShapeProps): ReactNode {
  const x = xOf(geometry, drawn.x + drawn.width / 2);
  const half = geometry.spacing / 2;
  return (
    <line
      className="barrier"
      x1={x}
      x2={x}
      y1={yOf(geometry, drawn.mode) - half}
      y2={yOf(geometry, drawn.mode + drawn.modes - 1) + half}
    />
  );
}

function Box({ drawn, geometry, className }: ShapeProps & { className: string }): ReactNode {
  return (
    <Rectangle
      geometry={geometry}
      mode={drawn.mode}
      modes={drawn.modes}
      x={drawn.x}
      width={drawn.width}
      className={className}
      text={labelOf(drawn.component)}
    />
  );
}

function OnWire({ drawn, geometry }: ShapeProps): ReactNode {
  const { spacing } = geometry;
  const height = spacing * 0.52;
  const x = xOf(geometry, drawn.x) + spacing * 0.1;
  const width = (drawn.width - 0.2) * spacing;
  const y = yOf(geometry, drawn.mode);
  return (
    <>
      <rect
        className={`chip ${drawn.component.kind}`}
        x={x}
        y={y - height / 2}
        width={width}
        height={height}
        rx={height / 2}
      />
      <text className="label inside" x={x + width / 2} y={y}>
        {shortened(labelOf(drawn.component), width)}
      </text>
    </>
  );
}

/** What is measured, what is chosen by it, and the classical wire between them. */
function FeedForward({ drawn, geometry }: ShapeProps): ReactNode {
  const { chosen } = drawn;
  const measuredWidth = 1.1;
  const wireX = xOf(geometry, drawn.x + measuredWidth / 2);
  return (
    <>
      {chosen !== undefined && (
        <>
          <path className="classical" d={classicalPath(drawn, chosen, geometry, wireX)} />
          <Rectangle
            geometry={geometry}
            mode={chosen.mode}
            modes={chosen.modes}
            x={drawn.x + measuredWidth + 0.2}
            width={drawn.width - measuredWidth - 0.3}
            className="box chosen"
            text={labelOf(drawn.component)}
          />
        </>
      )}
      <Rectangle
        geometry={geometry}
        mode={drawn.mode}
        modes={drawn.modes}
        x={drawn.x + 0.1}
        width={measuredWidth - 0.2}
        className="box measured"
        text="M"
      />
    </>
  );
}

function classicalPath(
  { mode, modes, x }: Drawn,
  chosen: { mode: number; modes: number },
  geometry: Geometry,
  wireX: number,
): string {
  const from = chosen.mode > mode ? mode + modes - 1 : mode;
  const to = yOf(geometry, chosen.mode) + ((chosen.modes - 1) * geometry.spacing) / 2;
  return `M${wireX} ${yOf(geometry, from)}V${to}H${xOf(geometry, x + 1.3)}`;
}

function Rectangle(props: {
  readonly geometry: Geometry;
  readonly mode: number;
  readonly modes: number;
  readonly x: number;
  readonly width: number;
  readonly className: string;
  readonly text: string;
}): ReactNode {
  const { geometry, mode, modes, className, text } = props;
  const x = xOf(geometry, props.x) + 2;
  const width = props.width * geometry.spacing - 4;
  const y = yOf(geometry, mode) - geometry.spacing * 0.36;
  const height = (modes - 1 + 0.72) * geometry.spacing;
  return (
    <>
      <rect className={className} x={x} y={y} width={width} height={height} rx={5} />
      <text className="label inside" x={x + width / 2} y={y + height / 2}>
        {shortened(text, width)}
      </text>
    </>
  );
}

function shortened(text: string, width: number): string {
  const most = Math.max(2, Math.floor(width / characterWidth));
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
