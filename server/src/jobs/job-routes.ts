import {
  cancelJob,
  getJobAvailability,
  getJobResult,
  getJobStatus,
  isTerminal,
  type JobState,
  Problem,
  rerunJob,
  submitJob,
} from "@corbenic/protocol";
import type { Services } from "../app.ts";
import { type Route, route } from "../http/route.ts";
import { requirePlatform } from "../platforms/platform.ts";
import { admit, presentStatus } from "./job.ts";
import * as store from "./job-store.ts";

export function jobRoutes({ db, limits, queueSignal }: Services): Route[] {
  async function requireJob(ownerId: number, jobId: string): Promise<store.JobRow> {
    const job = await store.findJobOf(db, ownerId, jobId);
    if (job === undefined) throw jobNotFound(jobId);
    return job;
  }

  return [
    route(submitJob, async ({ principal, body }) => {
      const { userId, scopes } = principal;
      const platform = await requirePlatform(db, { userId, scopes }, body.platform_name);
      const command = admit(body.payload, platform.name, platform.specs);
      const id = await store.submitJob(db, {
        ownerId: principal.userId,
        tokenId: principal.kind === "job_token" ? principal.credentialId : null,
        platformId: platform.id,
        name: body.job_name ?? command,
        groupName: body.job_group_name ?? null,
        command,
        pcvlVersion: body.pcvl_version ?? null,
        processId: body.process_id ?? null,
        priority: principal.priority,
        maxDurationS: Math.min(body.max_duration ?? limits.jobDurationS, limits.jobDurationS),
        attemptsMax: limits.attemptsMax,
        payload: JSON.stringify(body.payload),
        queueMax: limits.jobsInQueueMax,
      });
      if (id === undefined) throw queueFull(limits.jobsInQueueMax);
      queueSignal.raise(platform.id);
      return { job_id: id };
    }),

    route(getJobStatus, async ({ principal, params }) =>
      presentStatus(await requireJob(principal.userId, params.id)),
    ),

    route(getJobResult, async ({ principal, params }) => {
      const job = await requireJob(principal.userId, params.id);
      const results = await store.findResultsOf(db, principal.userId, job.id);
      if (results === undefined) throw withoutResult(job);
      return { job_id: job.id, results, duration: Math.round(job.duration_s ?? 0) };
    }),

    route(cancelJob, async ({ principal, params }) => {
      const state = await store.cancelJob(db, principal.userId, params.id);
      if (state !== undefined) return canceled(state);
      const job = await requireJob(principal.userId, params.id);
      if (job.state === "canceled" || job.state === "cancel_requested") return canceled(job.state);
      throw new Problem("job_already_over", `Job ${job.id} is over (${job.state}) and cannot be canceled.`, {
        detail: { status: job.state },
      });
    }),

    route(rerunJob, async ({ principal, params }) => {
      const rerun = await store.rerunJob(db, principal.userId, params.id, limits.jobsInQueueMax);
      if (rerun === undefined) throw jobNotFound(params.id);
      if (rerun.id !== null) {
        queueSignal.raiseAll();
        return { job_id: rerun.id };
      }
      if (rerun.state === "error" || rerun.state === "canceled") throw queueFull(limits.jobsInQueueMax);
      throw new Problem(
        "job_not_failed",
        `Job ${params.id} is ${rerun.state}: only a failed or canceled job runs again.`,
        {
          detail: { status: rerun.state },
        },
      );
    }),

    route(getJobAvailability, async ({ principal }) => ({
      max_jobs_in_queue: limits.jobsInQueueMax,
      num_jobs_in_queue: await store.countUnendedJobs(db, principal.userId),
    })),
  ];
}

function canceled(state: JobState) {
  return {
    message: state === "canceled" ? "The job is canceled." : "The job's worker has been asked to stop.",
  };
}

function jobNotFound(jobId: string): Problem {
  return new Problem("job_not_found", `There is no job ${jobId} of this account.`, {
    detail: { job_id: jobId },
  });
}

function queueFull(max: number): Problem {
  return new Problem("queue_full", `This account has ${max} jobs waiting or running, as many as it may.`, {
    detail: { max_jobs_in_queue: max, retry_after_s: 5 },
  });
}

function withoutResult(job: store.JobRow): Problem {
  return isTerminal(job.state)
    ? new Problem("job_has_no_result", `Job ${job.id} ended as ${job.state} without a result.`, {
        detail: { status: job.state, status_message: job.status_message },
      })
    : new Problem("job_not_finished", `Job ${job.id} is ${job.state}: it has no result yet.`, {
        detail: { status: job.state },
      });
}
