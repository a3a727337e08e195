import { listJobs } from "@corbenic/sdk/endpoints";
import { useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { EmptyState } from "../parts/empty-state.tsx";
import { Facts } from "../parts/facts.tsx";
import { Failure } from "../parts/failure.tsx";
import { Page, Panel } from "../parts/page.tsx";
import { useAnswer } from "../queries.ts";
import { PairChart } from "../results/pair-chart.tsx";
import { pairStates } from "../results/pair-states.ts";
import { totalVariationDistance } from "../results/states.ts";
import { type ReadResults, useResults } from "../results/use-results.ts";

/** Two jobs' results against each other. */
export function ComparePage(): ReactNode {
  const { a, b } = useSearch({ from: "/compare" });
  const navigate = useNavigate({ from: "/compare" });
  const first = useResults(a ?? "", a !== undefined);
  const second = useResults(b ?? "", b !== undefined);
  const choose = (side: "a" | "b", id: string) =>
    navigate({ search: (before) => ({ ...before, [side]: id === "" ? undefined : id }), replace: true });
  return (
    <Page title="Compare">
      <div className="fields">
        <JobChoice label="One job" id={a ?? ""} onChoose={(id) => choose("a", id)} />
        <JobChoice label="Another job" id={b ?? ""} onChoose={(id) => choose("b", id)} />
      </div>
      <Failure error={first.error ?? second.error} />
      {first.results !== undefined && second.results !== undefined ? (
        <Comparison first={first.results} second={second.results} />
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
  readonly id: string;
  readonly onChoose: (id: string) => void;
}): ReactNode {
  const { label, id, onChoose } = props;
  const completed = useAnswer(listJobs, { query: { status: "completed", limit: 200 } });
  const jobs = completed.data?.jobs ?? [];
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

function Comparison({
  first,
  second,
}: {
  readonly first: ReadResults;
  readonly second: ReadResults;
}): ReactNode {
  const one = first.runs[0]!;
  const other = second.runs[0]!;
  const distance = totalVariationDistance(one.distribution, other.distribution);
  return (
    <Panel title="Distributions">
      <Facts
        facts={[
          ["Total variation distance", distance.toFixed(6)],
          ["States of the one", one.distribution.size.toLocaleString("en")],
          ["States of the other", other.distribution.size.toLocaleString("en")],
        ]}
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section className="chart-scroll" tabIndex={0} aria-label="Chart">
        <PairChart pairs={pairStates(one.distribution, other.distribution, statesMost)} />
      </section>
      {(first.runs.length > 1 || second.runs.length > 1) && (
        <p className="quiet-text">Of jobs with iterations, the first is compared.</p>
      )}
    </Panel>
  );
}
