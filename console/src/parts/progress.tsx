import type { ReactNode } from "react";

/** How much of something is done, from 0 to 1. */
export function Progress({
  part,
  label = "Progress",
}: {
  readonly part: number;
  readonly label?: string;
}): ReactNode {
  return (
    <span className="progress">
      <progress value={part} max={1} aria-label={label} />
      <span>{Math.round(part * 100)} %</span>
    </span>
  );
}
