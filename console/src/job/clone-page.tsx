import {
  getJob,
  getJobData,
  type JobView,
  listJobs,
  listPlatforms,
  submitJob,
} from "@corbenic/sdk/endpoints";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import type { FormEvent, ReactNode } from "react";
import { Answered } from "../parts/answered.tsx";
import { Failure } from "../parts/failure.tsx";
import { Field } from "../parts/field.tsx";
import { Page, Panel } from "../parts/page.tsx";
import { useAnswer, useChange } from "../queries.ts";

/** A new job with the payload of another one, under a name and on a platform of one's choosing. */
export function ClonePage(): ReactNode {
  const { id } = useParams({ from: "/jobs/$id/clone" });
  const job = useAnswer(getJob, { params: { id } });
  return (
    <Page title="Clone a job" above={<Link to="/jobs">Jobs</Link>}>
      <Answered query={job}>{(answer) => <CloneForm job={answer} />}</Answered>
    </Page>
  );
}

function CloneForm({ job }: { readonly job: JobView }): ReactNode {
  const navigate = useNavigate();
  const platforms = useAnswer(listPlatforms, { query: { limit: 200 } });
  const data = useAnswer(getJobData, { params: { id: job.job_id } });
  const submission = useChange(submitJob, [listJobs]);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (data.data === undefined) return;
    const form = new FormData(event.currentTarget);
    const group = String(form.get("group")).trim();
    const body = {
      platform_name: String(form.get("platform")),
      job_name: String(form.get("name")).trim(),
      job_group_name: group === "" ? null : group,
      pcvl_version: data.data.pcvl_version,
      payload: data.data.payload,
    };
    submission.mutate(
      { body },
      { onSuccess: ({ job_id }) => navigate({ to: "/jobs/$id", params: { id: job_id } }) },
    );
  };
  const names = platforms.data?.platforms.map(({ name }) => name) ?? [];
  return (
    <Panel title={job.name === "" ? "(no name)" : job.name}>
      <p className="quiet-text">
        The new job asks for the same <code>{job.command}</code> with the same experiment and parameters. It
        is checked as any job is before it is taken.
      </p>
      <form onSubmit={submit} className="below">
        <div className="fields">
          <Field label="Name">
            {(ids) => (
              <input {...ids} name="name" defaultValue={job.name} maxLength={255} autoComplete="off" />
            )}
          </Field>
          <Field label="Platform">
            {(ids) => (
              <select {...ids} name="platform" key={names.length} defaultValue={job.platform_name}>
                {(names.length === 0 ? [job.platform_name] : names).map((name) => (
                  <option key={name}>{name}</option>
                ))}
              </select>
            )}
          </Field>
          <Field label="Group" hint="Empty for none.">
            {(ids) => (
              <input
                {...ids}
                name="group"
                defaultValue={job.group_name ?? ""}
                maxLength={255}
                autoComplete="off"
              />
            )}
          </Field>
        </div>
        <Failure error={data.error ?? submission.error} />
        <div className="row">
          <button
            type="submit"
            className="primary"
            disabled={data.data === undefined || submission.isPending}
          >
            Submit the new job
          </button>
          <Link to="/jobs/$id" params={{ id: job.job_id }} className="button">
            Leave it
          </Link>
        </div>
      </form>
    </Panel>
  );
}
