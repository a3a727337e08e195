import {
  requeueJob,
  rerunJob,
  rerunJobByOlderPath,
  submitJob,
  submitJobByOlderPath,
} from "@corbenic/protocol";
import { submitterOf } from "../admission/submitter.ts";
import type { Services } from "../app.ts";
import { type Handler, type Route, route } from "../http/route.ts";
import { createSubmission } from "./submission.ts";

export function submissionRoutes(services: Services): Route[] {
  const submission = createSubmission(services);

  const submit: Handler<typeof submitJob> = async ({ principal, body, headers }) => ({
    job_id: await submission.submit(submitterOf(principal), body, headers["idempotency-key"]),
  });

  const rerun: Handler<typeof rerunJob> = async ({ principal, actor, params, body, headers }) => {
    const by = { submitter: submitterOf(principal), actor };
    return { job_id: await submission.rerun(by, params.id, body, headers["idempotency-key"]) };
  };

  return [
    route(submitJob, submit),
    route(submitJobByOlderPath, submit),
    route(rerunJob, rerun),
    route(rerunJobByOlderPath, rerun),
    route(requeueJob, async ({ actor, params }) => ({ job_id: await submission.requeue(actor, params.id) })),
  ];
}
