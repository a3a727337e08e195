import { listJobs, listPlatforms } from "@corbenic/sdk/endpoints";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { JobRows } from "../jobs/job-rows.tsx";
import { Answered } from "../parts/answered.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { Page, Panel } from "../parts/page.tsx";
import { PlatformTiles } from "../platforms/platform-tiles.tsx";
import { useAnswer } from "../queries.ts";
import { Connect } from "./connect.tsx";

const ended = "completed,error,canceled";
const unended = "waiting,running,cancel_requested,suspended";

/** What goes on, at a glance: platforms, jobs, and how to send one. */
export function OverviewPage(): ReactNode {
  const active = useAnswer(listJobs, { query: { status: unended, limit: 10 } }, { everyMs: 30_000 });
  const last = useAnswer(listJobs, { query: { status: ended, limit: 8 } }, { everyMs: 30_000 });
  const platforms = useAnswer(listPlatforms, { query: { limit: 12 } }, { everyMs: 15_000 });
  return (
    <Page title="Overview">
      <Panel title="Platforms" aside={<Link to="/platforms">All platforms</Link>}>
        <Answered query={platforms}>
          {(answer) =>
            answer.platforms.length === 0 ? (
              <EmptyState title="No platform yet">
                <p>Your account may not use any platform. An administrator grants it one.</p>
              </EmptyState>
            ) : (
              <PlatformTiles platforms={answer.platforms} />
            )
          }
        </Answered>
      </Panel>
      <Answered query={active}>
        {({ jobs }) =>
          jobs.length === 0 ? null : (
            <Panel
              title="Waiting and running"
              aside={
                <Link to="/jobs" search={{ status: unended }}>
                  All that have not ended
                </Link>
              }
            >
              <JobRows jobs={jobs} label="Jobs that have not ended" />
            </Panel>
          )
        }
      </Answered>
      <Panel title="Last jobs" aside={<Link to="/jobs">All jobs</Link>}>
        <Answered query={last}>
          {({ jobs }) =>
            jobs.length === 0 ? (
              <EmptyState title="No job yet">
                <p>
                  A job asks a platform to run an experiment. Connect Perceval below and send the first one.
                </p>
              </EmptyState>
            ) : (
              <JobRows jobs={jobs} label="Last jobs" />
            )
          }
        </Answered>
      </Panel>
      <Connect platformName={platformToShow(platforms.data?.platforms.map(({ name }) => name) ?? [])} />
    </Page>
  );
}

const exactSimulator = "sim:slos";

/** The platform that the lines to copy name: one that the account may use. */
function platformToShow(names: readonly string[]): string {
  return names.includes(exactSimulator) ? exactSimulator : (names[0] ?? exactSimulator);
}
