import { cancelJob, getJob, isTerminal, type JobView, listJobs, rerunJob } from "@corbenic/sdk/endpoints";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { Answered } from "../parts/answered.tsx";
import { ConfirmButton } from "../parts/confirm-button.tsx";
import { Failure } from "../parts/failure.tsx";
import { Page } from "../parts/page.tsx";
import { Tabs } from "../parts/tabs.tsx";
import { useAnswer, useChange } from "../queries.ts";
import { EventsTab } from "./events-tab.tsx";
import { CircuitTab, ParametersTab, PayloadTab } from "./payload-tabs.tsx";
import { ResultsTab } from "./results-tab.tsx";
import { Summary } from "./summary.tsx";

/** All about one job: what became of it, what it found, and what it was asked. */
export function JobPage(): ReactNode {
  const { id } = useParams({ from: "/jobs/$id" });
  const job = useAnswer(getJob, { params: { id } }, { everyMs: 10_000 });
  return job.data === undefined ? (
    <Page title="Job" above={<Link to="/jobs">Jobs</Link>}>
      <Answered query={job}>{() => null}</Answered>
    </Page>
  ) : (
    <Found key={id} job={job.data} />
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
      <Link to="/jobs/$id/clone" params={params} className="button">
        Clone
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
