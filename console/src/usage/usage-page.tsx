import { getTokenUsage, type ListedToken, listTokens, type TokenUsage } from "@corbenic/sdk/endpoints";
import { type ReactNode, useState } from "react";
import { Answered } from "../parts/answered.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { Page, Panel } from "../parts/page.tsx";
import { Table } from "../parts/table.tsx";
import { duration } from "../parts/time.tsx";
import { useAnswer } from "../queries.ts";
import { DailyJobs } from "./daily-jobs.tsx";

const dayMs = 86_400_000;
const spans = [7, 30, 90] as const;

interface Used {
  readonly name: string;
  readonly jobs: number;
  readonly seconds: number;
}

/** What the account's jobs took, by day, platform and token. */
export function UsagePage(): ReactNode {
  const [days, setDays] = useState<(typeof spans)[number]>(30);
  const [until] = useState(() => Date.now());
  const since = new Date(until - days * dayMs).toISOString();
  const usage = useAnswer(getTokenUsage, { query: { start_time: since } });
  const tokens = useAnswer(listTokens, { query: {} });
  return (
    <Page
      title="Usage"
      actions={
        <fieldset className="chips" aria-label="Time">
          {spans.map((each) => (
            <button
              key={each}
              type="button"
              className="chip-button"
              aria-pressed={each === days}
              onClick={() => setDays(each)}
            >
              {each} days
            </button>
          ))}
        </fieldset>
      }
    >
      <Panel title="Jobs by day">
        <DailyJobs until={until} days={days} />
      </Panel>
      <Answered query={usage}>
        {(answer) =>
          answer.every(({ total_jobs }) => total_jobs === 0) ? (
            <EmptyState title="No job in this time">
              <p>Jobs that are sent with a job token are counted here, by platform and by token.</p>
            </EmptyState>
          ) : (
            <div className="columns">
              <Panel title="By platform">
                <UsageTable label="Platform" rows={byPlatform(answer)} />
              </Panel>
              <Panel title="By token">
                <UsageTable label="Token" rows={byToken(answer, tokens.data ?? [])} />
              </Panel>
            </div>
          )
        }
      </Answered>
    </Page>
  );
}

function UsageTable({ label, rows }: { readonly label: string; readonly rows: readonly Used[] }): ReactNode {
  return (
    <Table
      label={`Usage by ${label.toLowerCase()}`}
      rows={rows}
      keyOf={({ name }) => name}
      columns={[
        { title: label, cell: ({ name }) => name },
        { title: "Jobs", numeric: true, cell: ({ jobs }) => jobs.toLocaleString("en") },
        { title: "Ran for", numeric: true, cell: ({ seconds }) => duration(seconds) },
      ]}
    />
  );
}

function byPlatform(usage: readonly TokenUsage[]): Used[] {
  const sums = new Map<string, Used>();
  for (const { platform_name: name, nb_jobs, duration_seconds } of usage.flatMap((each) => each.usage)) {
    const { jobs, seconds } = sums.get(name) ?? { jobs: 0, seconds: 0 };
    sums.set(name, { name, jobs: jobs + nb_jobs, seconds: seconds + duration_seconds });
  }
  return [...sums.values()].sort((a, b) => b.jobs - a.jobs);
}

function byToken(usage: readonly TokenUsage[], tokens: readonly ListedToken[]): Used[] {
  const labels = new Map(tokens.map(({ id, label }) => [id, label]));
  return usage
    .filter(({ total_jobs }) => total_jobs > 0)
    .map((each) => ({
      name: labels.get(each.token_id) ?? `token ${each.token_id}, deleted`,
      jobs: each.total_jobs,
      seconds: each.usage.reduce((sum, { duration_seconds }) => sum + duration_seconds, 0),
    }))
    .sort((a, b) => b.jobs - a.jobs);
}
