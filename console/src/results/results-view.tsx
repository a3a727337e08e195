import type { RunResults } from "@corbenic/sdk";
import { type ReactNode, useRef, useState } from "react";
import { formatNumber } from "../circuit/format-number.ts";
import { Choice } from "../parts/choice.tsx";
import { Facts } from "../parts/facts.tsx";
import { save } from "../parts/save.ts";
import { Distribution } from "./distribution.tsx";
import { Iterations } from "./iterations.tsx";
import { resultsAsCsv } from "./results-csv.ts";
import { SampleList } from "./sample-list.tsx";
import { SaveDrawing } from "./save-buttons.tsx";
import { iterationName } from "./sweep.ts";

interface ResultsViewProps {
  readonly runs: readonly RunResults[];
  /** As the cloud gave them. */
  readonly text: string;
  /** What files are named after. */
  readonly name: string;
  readonly partial: boolean;
}

type View = "states" | "photons" | "samples" | "iterations";

/** Results as plots, with the numbers to take away. */
export function ResultsView({ runs, text, name, partial }: ResultsViewProps): ReactNode {
  const [at, setAt] = useState(0);
  const [view, setView] = useState<View>(runs.length > 1 ? "iterations" : "states");
  const drawing = useRef<HTMLElement>(null);
  const run = runs[at]!;
  const views: [View, string][] = [
    ...(runs.length > 1 ? [["iterations", "Iterations"] as [View, string]] : []),
    ["states", "States"],
    ["photons", "Photon number"],
    ...(run.samples === undefined ? [] : [["samples", "Samples"] as [View, string]]),
  ];
  return (
    <div className="results">
      {partial && (
        <p className="notice">
          The job ended before it had found all: this is what it had by then
          {runs.length > 1 && `, the first ${runs.length.toLocaleString("en")} iterations`}.
        </p>
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
        <span className="joined">
          {view !== "samples" && <SaveDrawing drawing={drawing} name={name} />}
          <button type="button" onClick={() => save(`${name}.csv`, "text/csv", resultsAsCsv(runs))}>
            CSV
          </button>
          <button type="button" onClick={() => save(`${name}.json`, "application/json", text)}>
            JSON
          </button>
        </span>
      </div>
      {view !== "iterations" && runs.length > 1 && (
        <div className="row controls">
          <Choice
            label="Iteration"
            value={at}
            options={runs.map((each, i) => [i, iterationName(each, i)])}
            onChoose={setAt}
          />
        </div>
      )}
      {view === "iterations" && (
        <Iterations
          runs={runs}
          drawing={drawing}
          onChoose={(index) => {
            setAt(index);
            setView("states");
          }}
        />
      )}
      {view === "samples" && <SampleList samples={run.samples ?? []} />}
      {(view === "states" || view === "photons") && <Distribution run={run} by={view} drawing={drawing} />}
      <Facts
        facts={
          view === "iterations" ? [["Iterations", runs.length.toLocaleString("en")]] : performancesOf(run)
        }
      />
    </div>
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
