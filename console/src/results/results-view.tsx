import type { RunResults } from "@corbenic/sdk";
import { type ReactNode, useMemo, useRef, useState } from "react";
import { formatNumber } from "../circuit/format-number.ts";
import { Choice } from "../parts/choice.tsx";
import { Facts } from "../parts/facts.tsx";
import { save } from "../parts/save.ts";
import { DistributionChart } from "./distribution-chart.tsx";
import { type IterationShape, Iterations } from "./iterations.tsx";
import { resultsAsCsv } from "./results-csv.ts";
import { SampleList } from "./sample-list.tsx";
import { savePng, saveSvg } from "./save-drawing.ts";
import { byPhotonNumber, type Order, topStates } from "./states.ts";
import { iterationName, sweepsOf } from "./sweep.ts";

interface ResultsViewProps {
  readonly runs: readonly RunResults[];
  /** As the cloud gave them. */
  readonly text: string;
  /** What files are named after. */
  readonly name: string;
  readonly partial: boolean;
}

const mostChoices = [10, 20, 50, 100];
const shapes = [
  ["lines", "lines"],
  ["map", "heat map"],
] as const;
const orders = [
  ["value", "likeliest first"],
  ["state", "by photons in modes"],
] as const;
const scales = [
  ["linear", "linear"],
  ["log", "logarithmic"],
] as const;
type View = "states" | "photons" | "samples" | "iterations";

/** Results as plots, with the numbers to take away. */
export function ResultsView({ runs, text, name, partial }: ResultsViewProps): ReactNode {
  const [at, setAt] = useState(0);
  const [view, setView] = useState<View>(runs.length > 1 ? "iterations" : "states");
  const [most, setMost] = useState(20);
  const [order, setOrder] = useState<Order>("value");
  const [scale, setScale] = useState<"linear" | "log">("linear");
  const [shape, setShape] = useState<IterationShape>("lines");
  const [sweepAt, setSweepAt] = useState(0);
  const sweeps = useMemo(() => sweepsOf(runs), [runs]);
  const drawing = useRef<HTMLDivElement>(null);
  const run = runs[at]!;
  const kind = run.kind === "distribution" ? "probability" : "count";
  const shown = useMemo(
    () =>
      topStates(
        view === "photons" ? photonsAsStates(run) : run.distribution,
        most,
        view === "photons" ? "state" : order,
      ),
    [run, view, most, order],
  );
  const views: [View, string][] = [
    ...(runs.length > 1 ? [["iterations", "Iterations"] as [View, string]] : []),
    ["states", "States"],
    ["photons", "Photon number"],
    ...(run.samples === undefined ? [] : [["samples", "Samples"] as [View, string]]),
  ];
  const svg = () => drawing.current!.querySelector("svg")!;
  const isChart = view !== "samples";
  return (
    <div className="results">
      {partial && (
        <p className="notice">The job ended before it had found all: this is what it had by then.</p>
      )}
      <div className="row spread">
        <fieldset className="chips" aria-label="View">
          {views.map(([each, label]) => (
            <button
              key={each}
              type="button"
              className="chip-button"
              aria-pressed={view === each}
              onClick={() => setView(each)}
            >
              {label}
            </button>
          ))}
        </fieldset>
        <span className="row">
          {isChart && (
            <>
              <button type="button" onClick={() => saveSvg(svg(), `${name}.svg`)}>
                SVG
              </button>
              <button type="button" onClick={() => savePng(svg(), `${name}.png`)}>
                PNG
              </button>
            </>
          )}
          <button type="button" onClick={() => save(`${name}.csv`, "text/csv", resultsAsCsv(runs))}>
            CSV
          </button>
          <button type="button" onClick={() => save(`${name}.json`, "application/json", text)}>
            JSON
          </button>
        </span>
      </div>
      <div className="row controls">
        {view === "iterations" && (
          <>
            <Choice label="As" value={shape} options={shapes} onChoose={setShape} />
            <Choice
              label="Over"
              value={sweepAt}
              options={sweeps.map((sweep, i) => [i, sweep.name])}
              onChoose={setSweepAt}
            />
          </>
        )}
        {view !== "iterations" && runs.length > 1 && (
          <Choice
            label="Iteration"
            value={at}
            options={runs.map((each, i) => [i, iterationName(each, i)])}
            onChoose={setAt}
          />
        )}
        {view === "states" && (
          <>
            <Choice
              label="Show"
              value={most}
              options={mostChoices.map((each) => [each, `${each} states`])}
              onChoose={setMost}
            />
            <Choice label="Order" value={order} options={orders} onChoose={setOrder} />
          </>
        )}
        {(view === "states" || view === "photons") && (
          <Choice label="Scale" value={scale} options={scales} onChoose={setScale} />
        )}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section className="chart-scroll" ref={drawing} tabIndex={0} aria-label="Chart">
        {view === "iterations" && (
          <Iterations runs={runs} sweep={sweeps[sweepAt]!} shape={shape} onChoose={chooseRun} />
        )}
        {view === "samples" && <SampleList samples={run.samples ?? []} />}
        {(view === "states" || view === "photons") && (
          <DistributionChart shown={shown} kind={kind} scale={scale} />
        )}
      </section>
      {view === "iterations" ? (
        <Facts facts={[["Iterations", runs.length.toLocaleString("en")]]} />
      ) : (
        <Facts facts={performancesOf(run)} />
      )}
    </div>
  );

  function chooseRun(index: number) {
    setAt(index);
    setView("states");
  }
}

/** Photon numbers, written so that they are drawn as states are. */
function photonsAsStates({ distribution }: RunResults): Map<string, number> {
  return new Map(
    [...byPhotonNumber(distribution)].map(([photons, value]) => [
      photons === 1 ? "1 photon" : `${photons} photons`,
      value,
    ]),
  );
}

function performancesOf(run: RunResults): (readonly [string, ReactNode])[] {
  const { distribution, kind } = run;
  const performance = (name: string, value: number | undefined) =>
    value === undefined ? [] : [[name, formatNumber(value)] as const];
  return [
    ["States", distribution.size.toLocaleString("en")],
    ...(kind === "distribution" ? [] : [["Samples", distribution.total.toLocaleString("en")] as const]),
    ...performance("Physical performance", run.physicalPerf),
    ...performance("Logical performance", run.logicalPerf),
    ...performance("Global performance", run.globalPerf),
  ];
}
