import type { JobView } from "@corbenic/sdk/endpoints";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Facts } from "../parts/facts.tsx";
import { secondsOf, useNow } from "../parts/now.ts";
import { Progress } from "../parts/progress.tsx";
import { StatusTag } from "../parts/status-tag.tsx";
import { duration, Moment } from "../parts/time.tsx";
import { EndedEarly } from "./ended-early.tsx";
import { Timeline } from "./timeline.tsx";

/** How it is with a job: its state and how it came to it, and what it is. */
export function Summary({ job }: { readonly job: JobView }): ReactNode {
  const now = useNow();
  return (
    <section className="panel" aria-label="Summary">
      <div className="row spread">
        <span className="row">
          <StatusTag status={job.status} />
          {job.status === "running" && <Progress part={job.progress} />}
          {job.status === "running" && job.progress_message !== null && (
            <span className="quiet-text">{job.progress_message}</span>
          )}
        </span>
        <code className="id">{job.job_id}</code>
      </div>
      <Timeline job={job} now={now} />
      {job.queue !== null && (
        <p className="notice">
          {job.queue.reason}{" "}
          {job.queue.starts_in_s === null
            ? "When it starts is not known yet."
            : job.queue.starts_in_s < 1
              ? "It is expected to start at once."
              : `It is expected to start in ${duration(job.queue.starts_in_s)}.`}
        </p>
      )}
      <EndedEarly job={job} />
      <Facts
        facts={[
          [
            "Platform",
            <Link key="platform" to="/platforms/$name" params={{ name: job.platform_name }}>
              {job.platform_name}
            </Link>,
          ],
          ["Command", <code key="command">{job.command}</code>],
          ["Created", <Moment key="created" seconds={secondsOf(job.created_at)} now={now} />],
          [
            "Attempt",
            job.attempt === 0
              ? `none yet of ${job.attempts_max}`
              : `${job.attempt} of at most ${job.attempts_max}`,
          ],
          ...(job.shots === null ? [] : [["Shots at most", job.shots.toLocaleString("en")] as const]),
          ...(job.group_name === null
            ? []
            : [
                [
                  "Group",
                  <Link key="group" to="/jobs" search={{ group: job.group_name }}>
                    {job.group_name}
                  </Link>,
                ] as const,
              ]),
          ...(job.token_label === null ? [] : [["Job token", job.token_label] as const]),
          ...(job.rerun_from === null
            ? []
            : [["Runs again", <JobId key="from" id={job.rerun_from} />] as const]),
          ...job.reruns.map(
            (id, i) => [`Run again as${i === 0 ? "" : ` (${i + 1})`}`, <JobId key={id} id={id} />] as const,
          ),
        ]}
      />
    </section>
  );
}

function JobId({ id }: { readonly id: string }): ReactNode {
  return (
    <Link to="/jobs/$id" params={{ id }}>
      <code>{id.slice(0, 8)}</code>
    </Link>
  );
}
