import { listWorkers, type Worker } from "@corbenic/sdk/endpoints";
import type { ReactNode } from "react";
import { JobLink } from "../jobs/job-rows.tsx";
import { useLiveJobsOfAll } from "../live/use-live-jobs.ts";
import { Answered } from "../parts/answered.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { secondsOf, useNow } from "../parts/now.ts";
import { Panel } from "../parts/page.tsx";
import { Progress } from "../parts/progress.tsx";
import { Table } from "../parts/table.tsx";
import { ago, Moment } from "../parts/time.tsx";
import { useAnswer } from "../queries.ts";

/** Which workers there are, when each was heard of last, and what it runs now. */
export function Workers(): ReactNode {
  const workers = useAnswer(listWorkers, { query: { limit: 200 } }, { everyMs: 3_000 });
  useLiveJobsOfAll();
  const now = useNow();
  return (
    <Panel title="Workers">
      <Answered query={workers}>
        {(answer) =>
          answer.workers.length === 0 ? (
            <EmptyState title="No worker yet">
              <p>Create a worker key below and start a worker with it: it is shown here with what it runs.</p>
            </EmptyState>
          ) : (
            <Table
              label="Workers"
              rows={answer.workers}
              keyOf={({ api_key_id }) => api_key_id}
              columns={[
                { title: "Worker", cell: ({ label }) => <strong>{label}</strong> },
                { title: "Platforms", cell: ({ platforms }) => platforms.join(", ") || "–" },
                { title: "Heard of", cell: (worker) => <HeardOf worker={worker} now={now} /> },
                { title: "From", cell: ({ last_used_address }) => last_used_address ?? "–" },
                { title: "Runs now", cell: ({ jobs }) => <Running jobs={jobs} now={now} /> },
              ]}
            />
          )
        }
      </Answered>
    </Panel>
  );
}

/** The last heartbeat of its jobs, or the last request with its key where that was later. */
function HeardOf({ worker, now }: { readonly worker: Worker; readonly now: number }): ReactNode {
  const words = [worker.last_used_at, ...worker.jobs.map(({ heartbeat_at }) => heartbeat_at)];
  const seconds = Math.max(...words.map((at) => (at === null ? 0 : secondsOf(at))));
  return seconds === 0 ? "never" : <Moment seconds={Math.min(seconds, now)} now={now} />;
}

function Running({ jobs, now }: { readonly jobs: Worker["jobs"]; readonly now: number }): ReactNode {
  if (jobs.length === 0) return <span className="quiet-text">nothing</span>;
  return (
    <ul className="running">
      {jobs.map((job) => (
        <li key={job.job_id}>
          <JobLink job={job} />
          <span className="quiet-text">{job.owner_email}</span>
          <Progress part={job.progress} label={`Progress of ${job.name}`} />
          <span className="quiet-text">
            {job.heartbeat_at === null
              ? ""
              : `heartbeat ${ago(Math.min(secondsOf(job.heartbeat_at), now), now)}`}
          </span>
        </li>
      ))}
    </ul>
  );
}
