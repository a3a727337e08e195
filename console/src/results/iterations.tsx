import type { RunResults } from "@corbenic/sdk";
import { type ReactNode, useMemo } from "react";
import { IterationLines } from "./iteration-lines.tsx";
import { IterationMap } from "./iteration-map.tsx";
import { iterationShares } from "./iteration-shares.ts";
import type { Sweep } from "./sweep.ts";

export type IterationShape = "lines" | "map";

const linesMost = 8;
const rowsMost = 24;

/** All iterations in one picture, over what was swept. */
export function Iterations(props: {
  readonly runs: readonly RunResults[];
  readonly sweep: Sweep;
  readonly shape: IterationShape;
  readonly onChoose: (run: number) => void;
}): ReactNode {
  const { runs, sweep, shape, onChoose } = props;
  const of = useMemo(
    () =>
      shape === "lines"
        ? iterationShares(runs, linesMost, "value")
        : iterationShares(runs, rowsMost, "state"),
    [runs, shape],
  );
  return shape === "lines" ? (
    <IterationLines sweep={sweep} of={of} />
  ) : (
    <IterationMap sweep={sweep} of={of} onChoose={onChoose} />
  );
}
