import { getJobUsage, type JobUsage } from "@corbenic/sdk/endpoints";
import { type ReactNode, useState } from "react";
import { Answered } from "../parts/answered.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { Page, Panel } from "../parts/page.tsx";
import { type Column, Table } from "../parts/table.tsx";
import { duration } from "../parts/time.tsx";
import { useAnswer } from "../queries.ts";
import { DailyJobs } from "./daily-jobs.tsx";
import { type Used, usedBy, usedOn } from "./used.ts";

const dayMs = 86_400_000;
const spans = [7, 30, 90] as const;

/** What the account's jobs took, by day, platform and token. */
export function UsagePage(): ReactNode {
  const [count, setCount] = useState<(typeof spans)[number]>(30);
  const [today] = useState(() => Math.floor(Date.now() / dayMs));
  const days = Array.from({ length: count }, (_, i) => dayOf(today - count + 1 + i));
  const query = { start_time: `${days[0]!}T00:00:00Z`, end_time: `${dayOf(today + 1)}T00:00:00Z` };
  const usage = useAnswer(getJobUsage, { query });
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
              aria-pressed={each === count}
              onClick={() => setCount(each)}
            >
              {each} days
            </button>
          ))}
        </fieldset>
      }
    >
      <Answered query={usage}>
        {({ usage: used }) =>
          used.length === 0 ? (
            <EmptyState title="No job in this time">
              <p>
                Every job of the account is counted here: by day, by platform, and by the token it was sent
                with.
              </p>
            </EmptyState>
          ) : (
            <>
              <Panel title="Jobs by day">
                <DailyJobs days={usedOn(days, used)} />
              </Panel>
              <Panel title="By platform">
                <UsageTable label="Platform" rows={usedBy(used, ({ platform_name }) => platform_name)} />
              </Panel>
              <Panel title="By token">
                <UsageTable label="Token" rows={usedBy(used, nameOfToken)} />
              </Panel>
            </>
          )
        }
      </Answered>
    </Page>
  );
}

/** A day in UTC, counted from the first of 1970. */
function dayOf(number: number): string {
  return new Date(number * dayMs).toISOString().slice(0, 10);
}

/** Also tokens of one label, of which one was deleted, are two. */
function nameOfToken({ token_id, token_label }: JobUsage): string {
  return token_id === null ? "none: signed in" : `${token_label} (${token_id})`;
}

function UsageTable({ label, rows }: { readonly label: string; readonly rows: readonly Used[] }): ReactNode {
  const counted = (title: string, of: (used: Used) => number | null): Column<Used> => ({
    title,
    numeric: true,
    cell: (used) => of(used)?.toLocaleString("en") ?? "–",
  });
  return (
    <Table
      label={`Usage by ${label.toLowerCase()}`}
      rows={rows}
      keyOf={({ name }) => name}
      columns={[
        { title: label, cell: ({ name }) => name },
        counted("Jobs", ({ jobs }) => jobs),
        counted("Completed", ({ completed }) => completed),
        counted("Failed", ({ failed }) => failed),
        counted("Canceled", ({ canceled }) => canceled),
        { title: "Ran for", numeric: true, cell: ({ seconds }) => duration(seconds) },
        ...(rows.some(({ shotsMax }) => shotsMax !== null)
          ? [counted("Shots at most", ({ shotsMax }) => shotsMax)]
          : []),
      ]}
    />
  );
}
