import type { RunResults } from "@corbenic/sdk";
import { type ReactNode, type Ref, useMemo, useState } from "react";
import { NumbersTable } from "../chart/numbers-table.tsx";
import { Sized } from "../chart/sized.tsx";
import { formatNumber } from "../circuit/format-number.ts";
import { Choice } from "../parts/choice.tsx";
import { formatShare } from "./format-share.ts";
import { IterationLines } from "./iteration-lines.tsx";
import { IterationMap } from "./iteration-map.tsx";
import { type IterationShares, iterationShares } from "./iteration-shares.ts";
import { type Sweep, sweepsOf } from "./sweep.ts";
import { SweepMap } from "./sweep-map.tsx";
import { colorings, crossedSweeps, mostVaried } from "./two-sweeps.ts";

type Shape = "lines" | "map" | "two";

const shapes = [
  ["lines", "lines"],
  ["map", "heat map"],
  ["two", "map of two parameters"],
] as const;
const linesMost = 8;
const rowsMost = 24;

interface IterationsProps {
  readonly runs: readonly RunResults[];
  /** Where the drawing is, for whoever saves it. */
  readonly drawing: Ref<HTMLElement>;
  readonly onChoose: (run: number) => void;
}

/** All iterations in one picture, over what was swept: one parameter, or two that cross. */
export function Iterations({ runs, drawing, onChoose }: IterationsProps): ReactNode {
  const sweeps = useMemo(() => sweepsOf(runs), [runs]);
  const crossed = useMemo(() => crossedSweeps(sweeps), [sweeps]);
  const [shape, setShape] = useState<Shape>(crossed === undefined ? "lines" : "two");
  const [over, setOver] = useState(crossed?.[0] ?? 0);
  const [up, setUp] = useState(crossed?.[1] ?? Math.min(1, sweeps.length - 1));
  const [chosenColor, setColor] = useState<number>();
  const of = useMemo(
    () =>
      shape === "lines"
        ? iterationShares(runs, linesMost, "value")
        : iterationShares(runs, rowsMost, shape === "map" ? "state" : "value"),
    [runs, shape],
  );
  const colored = useMemo(() => colorings(runs, of.states), [runs, of]);
  const varied = useMemo(() => mostVaried(colored, runs), [colored, runs]);
  const color = Math.min(chosenColor ?? varied, colored.length - 1);
  const sweep = sweeps[over]!;
  const named = sweeps.map(({ name }, i): [number, string] => [i, name]);
  return (
    <>
      <div className="row controls">
        <Choice
          label="As"
          value={shape}
          options={sweeps.length > 2 ? shapes : shapes.slice(0, 2)}
          onChoose={setShape}
        />
        <Choice label="Over" value={over} options={named} onChoose={setOver} />
        {shape === "two" && (
          <>
            <Choice label="and" value={up} options={named} onChoose={setUp} />
            <Choice
              label="Color"
              value={color}
              options={colored.map(({ name }, i) => [i, name])}
              onChoose={setColor}
            />
          </>
        )}
      </div>
      <section className="chart" ref={drawing} aria-label="Chart">
        <Sized>
          {(width) =>
            shape === "lines" ? (
              <IterationLines sweep={sweep} of={of} width={width} />
            ) : shape === "map" ? (
              <IterationMap sweep={sweep} of={of} width={width} onChoose={onChoose} />
            ) : (
              <SweepMap
                runs={runs}
                across={sweep}
                up={sweeps[up]!}
                colored={colored[color]!}
                width={width}
                onChoose={onChoose}
              />
            )
          }
        </Sized>
      </section>
      {shape !== "two" && <Numbers sweep={sweep} of={of} />}
    </>
  );
}

function Numbers({ sweep, of }: { readonly sweep: Sweep; readonly of: IterationShares }): ReactNode {
  return (
    <NumbersTable
      label={`Probabilities over ${sweep.name}`}
      head={[sweep.name, ...of.states]}
      rows={() =>
        sweep.values.map((value, run) => [formatNumber(value), ...of.shares[run]!.map(formatShare)])
      }
    />
  );
}
