import {
  cancelJob,
  cancelJobByOlderPath,
  getJobAvailability,
  getJobData,
  getJobResult,
  getJobResultByOlderPath,
  getJobStatus,
  getJobStatusByOlderPath,
  type JobState,
  Problem,
} from "@corbenic/protocol";
import type { Services } from "../app.ts";
import type { Principal } from "../credentials/credentials.ts";
import { type Handler, type Route, route } from "../http/route.ts";
import { presentData, presentResult, presentStatus, reachOf, requireJob, withoutResult } from "./job.ts";
import { cancelJobs, recordReading, recordReadingOfContent } from "./job-control.ts";
import * as store from "./job-store.ts";

/** What is done with one job, by the current paths and by those that Perceval clients call. */
export function jobRoutes({ db, limits }: Services): Route[] {
  /** What a job is made of and found is its owner's, unless the operator lets administrators read it. */
  const contentReachOf = (principal: Principal) =>
    limits.administratorsReadResults ? reachOf(principal) : principal.userId;

  const status: Handler<typeof getJobStatus> = async ({ principal, actor, params }) => {
    const job = requireJob(await store.findJob(db, reachOf(principal), params.id), params.id);
    await recordReading(db, { principal, actor }, job);
    return presentStatus(job);
  };

  const result: Handler<typeof getJobResult> = async ({ principal, actor, params }) => {
    const reach = contentReachOf(principal);
    const job = requireJob(await store.findJob(db, reach, params.id), params.id);
    const found = await store.findResult(db, reach, job.id);
    if (found === undefined) throw withoutResult(job);
    await recordReadingOfContent(db, { principal, actor }, job);
    return presentResult(job, found);
  };

  const cancel: Handler<typeof cancelJob> = async ({ principal, actor, params }) => {
    const [changed] = await cancelJobs(db, { principal, actor }, [params.id]);
    if (changed !== undefined) return canceled(changed.state);
    const { id, state } = requireJob(await store.findJob(db, reachOf(principal), params.id), params.id);
    if (state === "canceled" || state === "cancel_requested") return canceled(state);
    throw new Problem("job_already_over", `Job ${id} is over (${state}) and cannot be canceled.`, {
      detail: { status: state },
    });
  };

  return [
    route(getJobStatus, status),
    route(getJobStatusByOlderPath, status),
    route(getJobResult, result),
    route(getJobResultByOlderPath, result),
    route(cancelJob, cancel),
    route(cancelJobByOlderPath, cancel),

    route(getJobData, async ({ principal, actor, params }) => {
      const job = requireJob(await store.findJobData(db, contentReachOf(principal), params.id), params.id);
      await recordReadingOfContent(db, { principal, actor }, job);
      return presentData(job);
    }),

    route(getJobAvailability, async ({ principal }) => {
      const { in_queue, running } = await store.countJobsInQueue(db, principal.userId);
      return {
        max_jobs_in_queue: limits.jobsInQueueMax,
        num_jobs_in_queue: in_queue,
        max_concurrent_jobs: limits.jobsInQueueMax,
        num_concurrent_jobs: running,
        max_running_qt_jobs: 0,
        num_running_qt_jobs: 0,
      };
    }),
  ];
}

function canceled(state: JobState) {
  return {
    message: state === "canceled" ? "The job is canceled." : "The job's worker has been asked to stop.",
  };
}
