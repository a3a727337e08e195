import { type JobSummary, listJobs } from "@corbenic/sdk/endpoints";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { type ReactNode, useMemo, useRef } from "react";
import { NumbersTable } from "../chart/numbers-table.tsx";
import { Sized } from "../chart/sized.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { Facts } from "../parts/facts.tsx";
import { Failure } from "../parts/failure.tsx";
import { Page, Panel } from "../parts/page.tsx";
import { save } from "../parts/save.ts";
import { useAnswer } from "../queries.ts";
import { comparisonAsCsv } from "../results/comparison-csv.ts";
import { formatShare } from "../results/format-share.ts";
import { PairChart } from "../results/pair-chart.tsx";
import { pairStates } from "../results/pair-states.ts";
import { SaveDrawing } from "../results/save-buttons.tsx";
import { totalVariationDistance } from "../results/states.ts";
import { type ReadResults, useResults } from "../results/use-results.ts";

/** Two jobs' results against each other. */
export function ComparePage(): ReactNode {
  const { a, b } = useSearch({ from: "/compare" });
  const navigate = useNavigate({ from: "/compare" });
  const first = useResults(a ?? "", a !== undefined);
  const second = useResults(b ?? "", b !== undefined);
  const completed = useAnswer(listJobs, { query: { status: "completed", limit: 200 } });
  const jobs = completed.data?.jobs ?? [];
  const names = new Map(jobs.map(({ job_id, name }) => [job_id, name]));
  const choose = (side: "a" | "b", id: string) =>
    navigate({ search: (before) => ({ ...before, [side]: id === "" ? undefined : id }), replace: true });
  return (
    <Page title="Compare">
      <div className="fields">
        <JobChoice label="One job" jobs={jobs} id={a ?? ""} onChoose={(id) => choose("a", id)} />
        <JobChoice label="Another job" jobs={jobs} id={b ?? ""} onChoose={(id) => choose("b", id)} />
      </div>
      <Failure error={first.error ?? second.error} />
      {first.results !== undefined && second.results !== undefined ? (
        <Comparison
          first={first.results}
          second={second.results}
          names={[names.get(a!) ?? "the one", names.get(b!) ?? "the other"]}
        />
      ) : (
        <EmptyState title="Choose two completed jobs">
          <p>
            Their distributions are drawn beside each other, with the total variation distance: 0 for equal
            ones, 1 for ones that have no state in common.
          </p>
        </EmptyState>
      )}
    </Page>
  );
}

function JobChoice(props: {
  readonly label: string;
  readonly jobs: readonly JobSummary[];
  readonly id: string;
  readonly onChoose: (id: string) => void;
}): ReactNode {
  const { label, jobs, id, onChoose } = props;
  return (
    <div className="field">
      <label htmlFor={label}>{label}</label>
      <select id={label} value={id} onChange={({ target }) => onChoose(target.value)}>
        <option value="">Choose a job</option>
        {id !== "" && !jobs.some(({ job_id }) => job_id === id) && <option value={id}>{id}</option>}
        {jobs.map(({ job_id, name, platform_name }) => (
          <option key={job_id} value={job_id}>
            {name} · {platform_name} · {job_id.slice(0, 8)}
          </option>
        ))}
      </select>
    </div>
  );
}

const statesMost = 24;

function Comparison(props: {
  readonly first: ReadResults;
  readonly second: ReadResults;
  readonly names: readonly [string, string];
}): ReactNode {
  const { first, second, names } = props;
  const drawing = useRef<HTMLElement>(null);
  const one = first.runs[0]!;
  const other = second.runs[0]!;
  const distance = useMemo(() => totalVariationDistance(one.distribution, other.distribution), [one, other]);
  const pairs = useMemo(() => pairStates(one.distribution, other.distribution, statesMost), [one, other]);
  return (
    <Panel
      title="Distributions"
      aside={
        <span className="joined">
          <SaveDrawing drawing={drawing} name="comparison" />
          <button
            type="button"
            onClick={() => save("comparison.csv", "text/csv", comparisonAsCsv(one, other))}
          >
            CSV
          </button>
        </span>
      }
    >
      <Facts
        facts={[
          ["Total variation distance", distance.toFixed(4)],
          ["States of the one", one.distribution.size.toLocaleString("en")],
          ["States of the other", other.distribution.size.toLocaleString("en")],
        ]}
      />
      <section className="chart" ref={drawing} aria-label="Chart">
        <Sized>{(width) => <PairChart pairs={pairs} names={names} width={width} />}</Sized>
      </section>
      <NumbersTable
        label="Two distributions"
        head={["state", "the one", "the other"]}
        rows={() => pairs.map(({ state, first: a, second: b }) => [state, formatShare(a), formatShare(b)])}
      />
      {(first.runs.length > 1 || second.runs.length > 1) && (
        <p className="quiet-text">Of jobs with iterations, the first is compared.</p>
      )}
    </Panel>
  );
}
