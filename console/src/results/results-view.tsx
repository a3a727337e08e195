import type { RunResults } from "@corbenic/sdk";
import { type ReactNode, useMemo, useRef, useState } from "react";
import { formatNumber } from "../circuit/format-number.ts";
import { csvOf } from "../parts/csv.ts";
import { Facts } from "../parts/facts.tsx";
import { save } from "../parts/save.ts";
import { DistributionChart } from "./distribution-chart.tsx";
import { IterationMap } from "./iteration-map.tsx";
import { savePng, saveSvg } from "./save-drawing.ts";
import { byPhotonNumber, type Order, topStates } from "./states.ts";

interface ResultsViewProps {
  readonly runs: readonly RunResults[];
  /** As the cloud gave them. */
  readonly text: string;
  /** What files are named after. */
  readonly name: string;
  readonly partial: boolean;
}

const mostChoices = [10, 20, 50, 100];
type View = "states" | "photons" | "samples" | "iterations";

/** Results as plots, with the numbers to take away. */
export function ResultsView({ runs, text, name, partial }: ResultsViewProps): ReactNode {
  const [at, setAt] = useState(0);
  const [view, setView] = useState<View>(runs.length > 1 ? "iterations" : "states");
  const [most, setMost] = useState(20);
  const [order, setOrder] = useState<Order>("value");
  const [scale, setScale] = useState<"linear" | "log">("linear");
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
      {view !== "iterations" && (
        <div className="row controls">
          {runs.length > 1 && (
            <label>
              Iteration{" "}
              <select value={at} onChange={({ target }) => setAt(Number(target.value))}>
                {runs.map((each, i) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: an iteration is its number
                  <option key={i} value={i}>
                    {iterationName(each, i)}
                  </option>
                ))}
              </select>
            </label>
          )}
          {view === "states" && (
            <>
              <label>
                Show{" "}
                <select value={most} onChange={({ target }) => setMost(Number(target.value))}>
                  {mostChoices.map((each) => (
                    <option key={each} value={each}>
                      {each} states
                    </option>
                  ))}
                </select>
              </label>
              <label>
                Order{" "}
                <select value={order} onChange={({ target }) => setOrder(target.value as Order)}>
                  <option value="value">likeliest first</option>
                  <option value="state">by photons in modes</option>
                </select>
              </label>
            </>
          )}
          {isChart && (
            <label>
              Scale{" "}
              <select value={scale} onChange={({ target }) => setScale(target.value as "linear" | "log")}>
                <option value="linear">linear</option>
                <option value="log">logarithmic</option>
              </select>
            </label>
          )}
        </div>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section className="chart-scroll" ref={drawing} tabIndex={0} aria-label="Chart">
        {view === "iterations" && <IterationMap runs={runs} onChoose={chooseRun} />}
        {view === "samples" && <SampleList samples={run.samples ?? []} />}
        {(view === "states" || view === "photons") && (
          <DistributionChart shown={shown} kind={kind} scale={scale} />
        )}
      </section>
      <Facts facts={performancesOf(run)} />
    </div>
  );

  function chooseRun(index: number) {
    setAt(index);
    setView("states");
  }
}

const samplesShown = 1_000;

function SampleList({ samples }: { readonly samples: readonly string[] }): ReactNode {
  return (
    <>
      <ol className="samples">
        {samples.slice(0, samplesShown).map((sample, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a sample is its place
          <li key={i}>{sample}</li>
        ))}
      </ol>
      {samples.length > samplesShown && (
        <p className="quiet-text">
          The first {samplesShown.toLocaleString("en")} of {samples.length.toLocaleString("en")}: the files
          have all.
        </p>
      )}
    </>
  );
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

/** What an iteration set, in a line. */
export function iterationName({ iteration }: RunResults, index: number): string {
  if (iteration === undefined) return String(index + 1);
  const { circuit_params: parameters, ...rest } = iteration;
  const all = { ...(typeof parameters === "object" ? parameters : {}), ...rest };
  const text = Object.entries(all)
    .map(([key, value]) => `${key} = ${typeof value === "number" ? formatNumber(value) : String(value)}`)
    .join(", ");
  return text === "" ? String(index + 1) : `${index + 1}: ${text.slice(0, 80)}`;
}

function resultsAsCsv(runs: readonly RunResults[]): string {
  const many = runs.length > 1;
  return csvOf([
    [...(many ? ["iteration"] : []), "state", runs[0]!.kind === "distribution" ? "probability" : "count"],
    ...runs.flatMap((run, i) =>
      [...run.distribution].map(([state, value]) => [...(many ? [i + 1] : []), state, value]),
    ),
  ]);
}
