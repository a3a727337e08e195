import type { BeamSplitter, Parameter } from "@corbenic/photonics/model";
import type { ReactNode } from "react";
import type { ShapeProps } from "./component-shape.tsx";
import { Cover } from "./cover.tsx";
import { xOf, yOf } from "./geometry.ts";
import { isZero, labelOf, thetaLabelOf } from "./label.ts";
import { couplerParts, phaseLabel } from "./widths.ts";

/** Two waveguides that come close to each other in the middle, with the phases of their arms. */
export function Coupler({ drawn, geometry, of }: ShapeProps & { readonly of: BeamSplitter }): ReactNode {
  const { spacing } = geometry;
  const { before, bend, coupling, after } = couplerParts(of, spacing);
  const x0 = xOf(geometry, drawn.x);
  const x1 = x0 + before;
  const x2 = x1 + bend;
  const x3 = x2 + coupling;
  const x4 = x3 + bend;
  const x5 = x4 + after;
  const top = yOf(geometry, drawn.mode);
  const bottom = yOf(geometry, drawn.mode + 1);
  const middle = (top + bottom) / 2;
  const near = spacing * 0.07;
  const path = (y: number, close: number) =>
    `M${x0} ${y}H${x1}C${x1 + bend * 0.6} ${y} ${x2 - bend * 0.6} ${close} ${x2} ${close}H${x3}` +
    `C${x3 + bend * 0.6} ${close} ${x4 - bend * 0.6} ${y} ${x4} ${y}H${x5}`;
  return (
    <>
      <Cover drawn={drawn} geometry={geometry} />
      <path className="guide" d={path(top, middle - near)} />
      <path className="guide" d={path(bottom, middle + near)} />
      <text className="label between" x={(x2 + x3) / 2} y={top + spacing * 0.13}>
        {labelOf(of)}
      </text>
      <text className="label between" x={(x2 + x3) / 2} y={bottom - spacing * 0.13}>
        {thetaLabelOf(of)}
      </text>
      <ArmPhase phase={of.phiTopLeft} x={x0} width={before} y={top} spacing={spacing} />
      <ArmPhase phase={of.phiBottomLeft} x={x0} width={before} y={bottom} spacing={spacing} />
      <ArmPhase phase={of.phiTopRight} x={x4} width={after} y={top} spacing={spacing} />
      <ArmPhase phase={of.phiBottomRight} x={x4} width={after} y={bottom} spacing={spacing} />
    </>
  );
}

function ArmPhase(props: {
  readonly phase: Parameter;
  readonly x: number;
  readonly width: number;
  readonly y: number;
  readonly spacing: number;
}): ReactNode {
  const { phase, x, width, y, spacing } = props;
  if (isZero(phase)) return null;
  const height = spacing * 0.4;
  return (
    <>
      <rect
        className="chip arm"
        x={x + 2}
        y={y - height / 2}
        width={width - 4}
        height={height}
        rx={height / 2}
      />
      <text className="label inside" x={x + width / 2} y={y}>
        {phaseLabel(phase)}
      </text>
    </>
  );
}
