import type { JobSummary } from "@corbenic/sdk/endpoints";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { secondsOf, useNow } from "../parts/now.ts";
import { StatusTag } from "../parts/status-tag.tsx";
import { Table } from "../parts/table.tsx";
import { Moment } from "../parts/time.tsx";
import { queuedFor, ranFor } from "./job-times.ts";

/** A few jobs as a table. */
export function JobRows({
  jobs,
  label,
}: {
  readonly jobs: readonly JobSummary[];
  readonly label: string;
}): ReactNode {
  const now = useNow();
  return (
    <Table
      label={label}
      rows={jobs}
      keyOf={({ job_id }) => job_id}
      columns={[
        { title: "Status", cell: (job) => <JobStatusCell job={job} /> },
        { title: "Name", cell: (job) => <JobLink job={job} /> },
        { title: "Platform", lesser: true, cell: ({ platform_name }) => platform_name },
        { title: "Command", lesser: true, cell: ({ command }) => <code>{command}</code> },
        { title: "Queued for", numeric: true, lesser: true, cell: (job) => queuedFor(job, now) },
        { title: "Ran for", numeric: true, lesser: true, cell: (job) => ranFor(job, now) },
        { title: "Created", cell: ({ created_at }) => <Moment seconds={secondsOf(created_at)} now={now} /> },
      ]}
    />
  );
}

export function JobStatusCell({ job }: { readonly job: JobSummary }): ReactNode {
  return (
    <span className="row tight">
      <StatusTag status={job.status} />
      {job.status === "running" && <span className="quiet-text">{Math.round(job.progress * 100)} %</span>}
    </span>
  );
}

export function JobLink({ job }: { readonly job: Pick<JobSummary, "job_id" | "name"> }): ReactNode {
  return (
    <Link to="/jobs/$id" params={{ id: job.job_id }} className="job-link">
      {job.name === "" ? "(no name)" : job.name}
    </Link>
  );
}
