import { cancelJobs, listAllJobs, requeueJob, resumeJob, suspendJob } from "@corbenic/sdk/endpoints";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { JobLink, JobStatusCell } from "../jobs/job-rows.tsx";
import { queuedFor, ranFor } from "../jobs/job-times.ts";
import { useLiveJobsOfAll } from "../live/use-live-jobs.ts";
import { Answered } from "../parts/answered.tsx";
import { ConfirmButton } from "../parts/confirm-button.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { Failure } from "../parts/failure.tsx";
import { useNow } from "../parts/now.ts";
import { Panel } from "../parts/page.tsx";
import { Table } from "../parts/table.tsx";
import { useAnswer, useChange } from "../queries.ts";

/** Everybody's jobs that have not ended, and those that failed last. */
export function QueueSection(): ReactNode {
  const now = useNow();
  useLiveJobsOfAll();
  const unended = useAnswer(listAllJobs, {
    query: { status: "running,cancel_requested,waiting,suspended", sort: "created", limit: 200 },
  });
  const failed = useAnswer(listAllJobs, { query: { status: "error", limit: 20 } });
  const suspend = useChange(suspendJob, [listAllJobs]);
  const resume = useChange(resumeJob, [listAllJobs]);
  const cancel = useChange(cancelJobs, [listAllJobs]);
  const requeue = useChange(requeueJob, [listAllJobs]);
  return (
    <>
      <Failure error={suspend.error ?? resume.error ?? cancel.error ?? requeue.error} />
      <Panel
        title="Waiting and running"
        aside={
          <Link to="/jobs" search={{ everybody: true }}>
            Everybody's jobs
          </Link>
        }
      >
        <Answered query={unended}>
          {({ jobs }) =>
            jobs.length === 0 ? (
              <EmptyState title="The queue is empty">
                <p>Jobs that wait or run are here, the oldest first.</p>
              </EmptyState>
            ) : (
              <Table
                label="Jobs that have not ended"
                rows={jobs}
                keyOf={({ job_id }) => job_id}
                columns={[
                  { title: "Status", cell: (job) => <JobStatusCell job={job} /> },
                  { title: "Name", cell: (job) => <JobLink job={job} /> },
                  { title: "Owner", cell: ({ owner_email }) => owner_email },
                  { title: "Platform", cell: ({ platform_name }) => platform_name },
                  { title: "Priority", numeric: true, lesser: true, cell: ({ priority }) => priority },
                  { title: "Queued for", numeric: true, cell: (job) => queuedFor(job, now) },
                  { title: "Ran for", numeric: true, lesser: true, cell: (job) => ranFor(job, now) },
                  {
                    title: "",
                    cell: ({ job_id, status, name }) => {
                      const params = { id: job_id };
                      return (
                        <span className="row tight">
                          {status === "suspended" ? (
                            <button type="button" onClick={() => resume.mutate({ params })}>
                              Resume
                            </button>
                          ) : (
                            <button type="button" onClick={() => suspend.mutate({ params })}>
                              Suspend
                            </button>
                          )}
                          <ConfirmButton
                            action="Cancel"
                            consequence={`Cancel the job “${name}”? It is somebody's work.`}
                            onConfirm={() => cancel.mutate({ body: { job_ids: [job_id] } })}
                          />
                        </span>
                      );
                    },
                  },
                ]}
              />
            )
          }
        </Answered>
      </Panel>
      <Panel title="Failed last">
        <Answered query={failed}>
          {({ jobs }) =>
            jobs.length === 0 ? (
              <EmptyState title="No job has failed">
                <p>
                  Jobs that end in error are here, with the reason, and can be run again for their owners.
                </p>
              </EmptyState>
            ) : (
              <Table
                label="Jobs that failed"
                rows={jobs}
                keyOf={({ job_id }) => job_id}
                columns={[
                  { title: "Name", cell: (job) => <JobLink job={job} /> },
                  { title: "Owner", cell: ({ owner_email }) => owner_email },
                  { title: "Platform", cell: ({ platform_name }) => platform_name },
                  {
                    title: "Reason",
                    cell: ({ status_message }) => <span className="why">{status_message}</span>,
                  },
                  {
                    title: "",
                    cell: ({ job_id }) => (
                      <button type="button" onClick={() => requeue.mutate({ params: { id: job_id } })}>
                        Run again
                      </button>
                    ),
                  },
                ]}
              />
            )
          }
        </Answered>
      </Panel>
    </>
  );
}
