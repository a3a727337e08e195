import { cancelJob, getJob, isTerminal, type JobView, listJobs, rerunJob } from "@corbenic/sdk/endpoints";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { queuedFor, ranFor } from "../jobs/job-times.ts";
import { Answered } from "../parts/answered.tsx";
import { ConfirmButton } from "../parts/confirm-button.tsx";
import { Facts } from "../parts/facts.tsx";
import { Failure } from "../parts/failure.tsx";
import { secondsOf, useNow } from "../parts/now.ts";
import { Page } from "../parts/page.tsx";
import { Progress } from "../parts/progress.tsx";
import { StatusTag } from "../parts/status-tag.tsx";
import { Tabs } from "../parts/tabs.tsx";
import { duration, Moment } from "../parts/time.tsx";
import { useAnswer, useChange } from "../queries.ts";
import { EventsTab } from "./events-tab.tsx";
import { CircuitTab, ParametersTab, PayloadTab } from "./payload-tabs.tsx";
import { ResultsTab } from "./results-tab.tsx";
import { Timeline } from "./timeline.tsx";

/** All about one job: what became of it, what it found, and what it was asked. */
export function JobPage(): ReactNode {
  const { id } = useParams({ from: "/jobs/$id" });
  const job = useAnswer(getJob, { params: { id } }, { everyMs: 10_000 });
  return job.data === undefined ? (
    <Page title="Job" above={<Link to="/jobs">Jobs</Link>}>
      <Answered query={job}>{() => null}</Answered>
    </Page>
  ) : (
    <Found job={job.data} />
  );
}

const tabs = ["Results", "Circuit", "Parameters", "Payload", "Events"] as const;

function Found({ job }: { readonly job: JobView }): ReactNode {
  const [tab, setTab] = useState<(typeof tabs)[number]>(
    isTerminal(job.status) && !job.has_result ? "Events" : "Results",
  );
  return (
    <Page
      title={job.name === "" ? "(no name)" : job.name}
      above={<Link to="/jobs">Jobs</Link>}
      actions={<Actions job={job} />}
    >
      <Summary job={job} />
      <Tabs label="Of this job" names={tabs} chosen={tab} onChoose={setTab}>
        {tab === "Results" && <ResultsTab job={job} />}
        {tab === "Circuit" && <CircuitTab jobId={job.job_id} />}
        {tab === "Parameters" && <ParametersTab jobId={job.job_id} />}
        {tab === "Payload" && <PayloadTab jobId={job.job_id} />}
        {tab === "Events" && <EventsTab job={job} />}
      </Tabs>
    </Page>
  );
}

function Actions({ job }: { readonly job: JobView }): ReactNode {
  const navigate = useNavigate();
  const cancel = useChange(cancelJob, [getJob, listJobs]);
  const rerun = useChange(rerunJob, [listJobs]);
  const params = { id: job.job_id };
  return (
    <>
      <Link to="/compare" search={{ a: job.job_id }} className="button">
        Compare
      </Link>
      {(job.status === "error" || job.status === "canceled") && (
        <button
          type="button"
          className="primary"
          disabled={rerun.isPending}
          onClick={async () => {
            const { job_id } = await rerun.mutateAsync({ params, body: {} });
            await navigate({ to: "/jobs/$id", params: { id: job_id } });
          }}
        >
          Run again
        </button>
      )}
      {!isTerminal(job.status) && (
        <ConfirmButton
          action="Cancel job"
          consequence={
            job.status === "running"
              ? "Cancel this job? It runs: its worker is asked to stop, and what it has found so far is kept."
              : "Cancel this job? It will not run."
          }
          disabled={job.status === "cancel_requested"}
          onConfirm={() => cancel.mutate({ params })}
        />
      )}
      <Failure error={cancel.error ?? rerun.error} />
    </>
  );
}

function Summary({ job }: { readonly job: JobView }): ReactNode {
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
            : `It is expected to start in ${duration(job.queue.starts_in_s)}.`}
        </p>
      )}
      {job.status_message !== null && job.status_message !== "" && (
        <div className={job.status === "error" ? "failure" : "notice"} role="note">
          <p>{job.status_message}</p>
          {job.status === "error" && (
            <p className="quiet-text">
              Correct what the sentence names and send the job again, or run it again where the cause has
              passed.
            </p>
          )}
        </div>
      )}
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
          ["Queued for", queuedFor(job, now)],
          ["Ran for", ranFor(job, now)],
          ["Attempt", `${job.attempt} of at most ${job.attempts_max}`],
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
