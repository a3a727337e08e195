import type { BeamSplitter, Component, Parameter } from "@corbenic/photonics/model";
import { formatAngle } from "./format-number.ts";
import { isZero, labelOf, parameterText, thetaLabelOf } from "./label.ts";

/** The width of a letter of a label, in pixels. */
export const characterWidth = 6;

/** Pixels that a text takes with some room around it. */
function textWidth(text: string, room: number): number {
  return text.length * characterWidth + room;
}

/** A drawn beam splitter from left to right, in pixels: phases of its inputs, bend, coupling, bend, phases of its outputs. */
export interface CouplerParts {
  readonly before: number;
  readonly bend: number;
  readonly coupling: number;
  readonly after: number;
}

export function couplerParts(component: BeamSplitter, spacing: number): CouplerParts {
  const phases = (...each: Parameter[]) =>
    Math.max(0, ...each.map((phase) => (isZero(phase) ? 0 : textWidth(phaseLabel(phase), 14))));
  const label = Math.max(component.convention.length, thetaLabelOf(component).length);
  return {
    before: phases(component.phiTopLeft, component.phiBottomLeft),
    bend: spacing * 0.72,
    coupling: Math.max(spacing * 0.48, label * characterWidth - spacing * 0.2),
    after: phases(component.phiTopRight, component.phiBottomRight),
  };
}

/** A phase at an arm of a beam splitter. */
export function phaseLabel(phase: Parameter): string {
  return `φ=${parameterText(phase, formatAngle)}`;
}

const longestLabel = 26;

/** How wide a component is drawn, in units of the distance between two modes, which is so many pixels. */
export function widthOf(component: Component, spacing: number): number {
  const label = Math.min(longestLabel, labelOf(component).length);
  const forText = (room: number) => (label * characterWidth + room) / spacing;
  switch (component.kind) {
    case "barrier":
      return 0.5;
    case "permutation": {
      const farthest = Math.max(0, ...component.permutation.map((to, from) => Math.abs(to - from)));
      return Math.min(4.5, 1 + 0.35 * farthest);
    }
    case "beam-splitter": {
      const { before, bend, coupling, after } = couplerParts(component, spacing);
      return (before + 2 * bend + coupling + after) / spacing;
    }
    case "unitary":
    case "circuit":
    case "polarized-beam-splitter":
      return Math.max(1.7, forText(20));
    case "feed-forward-circuit-provider":
    case "feed-forward-configurator":
      return Math.max(3, 1.3 + forText(16));
    default:
      return Math.max(1.2, forText(14) + 0.2);
  }
}
