/** From layout units to pixels: modes go down, components go right. */
export interface Geometry {
  /** Pixels between two modes. */
  readonly spacing: number;
  readonly left: number;
  readonly top: number;
}

/** Wide enough to read at a few modes, and to keep 24 modes on one screen. */
export function geometryFor(modes: number): Geometry {
  return { spacing: modes <= 10 ? 46 : modes <= 24 ? 32 : 24, left: 74, top: 26 };
}

/** The middle of a mode's wire. */
export function yOf({ top, spacing }: Geometry, mode: number): number {
  return top + (mode + 0.5) * spacing;
}

export function xOf({ left, spacing }: Geometry, units: number): number {
  return left + units * spacing;
}
