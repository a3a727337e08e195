import { getPlatform, getPlatformAvailability, type Platform } from "@corbenic/sdk/endpoints";
import { Link, useParams } from "@tanstack/react-router";
import { lazy, type ReactNode, Suspense } from "react";
import { pythonLines } from "../overview/connect.tsx";
import { Answered } from "../parts/answered.tsx";
import { CodeBlock } from "../parts/code-block.tsx";
import { Facts } from "../parts/facts.tsx";
import { Page, Panel } from "../parts/page.tsx";
import { StatusTag } from "../parts/status-tag.tsx";
import { duration } from "../parts/time.tsx";
import { useAnswer } from "../queries.ts";
import { AvailabilityBar } from "./availability-bar.tsx";
import { MaintenanceCalendar } from "./maintenance-calendar.tsx";
import { PerfsTrends } from "./perfs-trends.tsx";
import { PeriodText } from "./period-text.tsx";
import { boundsOf } from "./specs-in-short.tsx";

const Architecture = lazy(async () => ({ default: (await import("./architecture.tsx")).Architecture }));

/** All about one platform. */
export function PlatformPage(): ReactNode {
  const { name } = useParams({ from: "/platforms/$name" });
  const platform = useAnswer(getPlatform, { params: { name } }, { everyMs: 10_000 });
  const availability = useAnswer(getPlatformAvailability, {
    params: { name },
    query: { per: "day", days: 30 },
  });
  return (
    <Page
      title={name}
      above={<Link to="/platforms">Platforms</Link>}
      actions={
        <Link to="/jobs" search={{ platform: name }} className="button">
          Its jobs
        </Link>
      }
    >
      <Answered query={platform}>
        {(each) => (
          <>
            <Panel title="Now" aside={<StatusTag status={each.status} />}>
              <State platform={each} />
            </Panel>
            <Panel title="Availability over 30 days">
              <Answered query={availability}>
                {(answer) => <AvailabilityBar availability={answer} />}
              </Answered>
            </Panel>
            <PerfsTrends name={name} />
            <div className="columns">
              <div>
                <Panel title="What it can do">
                  <Specs platform={each} />
                </Panel>
                <Panel title="Limits">
                  <Limits platform={each} />
                </Panel>
              </div>
              <MaintenanceCalendar name={name} />
            </div>
            <Suspense>
              <Architecture specs={each.specs} />
            </Suspense>
            <Panel title="Send it a job">
              <CodeBlock label="Python" code={pythonLines("cbn_j_…", name)} />
            </Panel>
          </>
        )}
      </Answered>
    </Page>
  );
}

function State({ platform }: { readonly platform: Platform }): ReactNode {
  const { jobs, maintenance, type } = platform;
  return (
    <Facts
      facts={[
        ["Kind", type],
        ["Jobs waiting or running", jobs.toLocaleString("en")],
        [
          "Maintenance",
          maintenance === null ? (
            "none planned"
          ) : (
            <span key="maintenance">
              <PeriodText period={maintenance} /> {maintenance.reason}
            </span>
          ),
        ],
      ]}
    />
  );
}

function Specs({ platform: { specs } }: { readonly platform: Platform }): ReactNode {
  const { available_commands, constraints = {}, detector, description, parameters = {} } = specs;
  return (
    <>
      {description !== undefined && <p>{description}</p>}
      <Facts
        facts={[
          ["Commands", available_commands.join(", ")],
          ...(detector === undefined ? [] : [["Detectors", detector] as const]),
          ...boundsOf(specs),
          ...Object.entries(constraints)
            .filter(([key]) => !/^(min|max)_(mode|photon)_count$/.test(key))
            .map(([key, value]) => [words(key), textOf(value)] as const),
        ]}
      />
      {Object.keys(parameters).length > 0 && (
        <>
          <h3>Parameters</h3>
          <Facts facts={Object.entries(parameters)} />
        </>
      )}
    </>
  );
}

function Limits({ platform: { limits } }: { readonly platform: Platform }): ReactNode {
  const number = (value: number | null | undefined) =>
    value == null ? "no limit" : value.toLocaleString("en");
  return (
    <Facts
      facts={[
        ["Shots of one job", number(limits.shots_max)],
        ["Time of one attempt", limits.duration_s_max == null ? "no limit" : duration(limits.duration_s_max)],
        ["Jobs waiting or running", number(limits.queue_max)],
        ["Of them, of one account", number(limits.jobs_per_account_max)],
        ["Bytes of a result", number(limits.result_bytes_max)],
      ]}
    />
  );
}

function words(key: string): string {
  const text = key.replaceAll("_", " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function textOf(value: unknown): string {
  if (typeof value === "number") return value.toLocaleString("en");
  if (typeof value === "boolean") return value ? "yes" : "no";
  return typeof value === "string" ? value : JSON.stringify(value);
}
