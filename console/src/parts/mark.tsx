import type { ReactNode } from "react";

/** The mark of Corbenic: two waveguides that meet. */
export function Mark(): ReactNode {
  return (
    <svg className="mark" viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
      <rect width="32" height="32" rx="7" className="mark-ground" />
      <g className="mark-guides">
        <path d="M4 9h4c4 0 4 5.4 8 5.4S20 9 24 9h4" />
        <path d="M4 23h4c4 0 4-5.4 8-5.4S20 23 24 23h4" />
      </g>
    </svg>
  );
}
