import type { ReactNode } from "react";
import type { ShapeProps } from "./component-shape.tsx";
import { xOf, yOf } from "./geometry.ts";

/** Hides the straight wires where a symbol draws its own. */
export function Cover({ drawn, geometry }: ShapeProps): ReactNode {
  return (
    <rect
      className="cover"
      x={xOf(geometry, drawn.x)}
      y={yOf(geometry, drawn.mode) - geometry.spacing * 0.1}
      width={drawn.width * geometry.spacing}
      height={(drawn.modes - 1 + 0.2) * geometry.spacing}
    />
  );
}
