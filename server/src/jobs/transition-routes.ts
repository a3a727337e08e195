import { cancelJobs, Problem, resumeJob, suspendJob } from "@corbenic/protocol";
import type { Services } from "../app.ts";
import { type Route, route } from "../http/route.ts";
import { jobNotFound, reachOf } from "./job.ts";
import * as control from "./job-control.ts";
import { type ChangedJob, findObstacle, listStates } from "./transition-store.ts";

/** Many jobs canceled at once, and what administrators do with one. */
export function transitionRoutes({ db, queueSignal }: Services): Route[] {
  async function refusal(jobId: string, wanted: string, states: readonly string[]): Promise<Problem> {
    const state = (await listStates(db, null, [jobId])).get(jobId);
    if (state === undefined) return jobNotFound(jobId);
    const detail = { status: state, allowed: states };
    const obstacle = states.includes(state) ? await findObstacle(db, jobId) : undefined;
    if (obstacle === "platform") {
      return new Problem("platform_retired", `The platform of job ${jobId} is retired.`, { detail });
    }
    const why = obstacle === undefined ? `is ${state}` : "is of an account that is closed";
    const message = `Job ${jobId} ${why}: only one that is ${states.join(" or ")} can be ${wanted}.`;
    return new Problem("job_in_other_state", message, { detail });
  }

  return [
    route(cancelJobs, async ({ principal, actor, body }) => {
      const ids = [...new Set(body.job_ids.map((id) => id.toLowerCase()))].sort();
      const changed = await control.cancelJobs(db, { principal, actor }, ids);
      const now = new Set(changed.map(({ id }) => id));
      const states = await listStates(db, reachOf(principal), ids);
      return { outcomes: ids.map((id) => outcomeOf(id, states.get(id), now.has(id))) };
    }),

    route(suspendJob, async ({ actor, params }) => {
      const job = await control.changeJob(db, actor, params.id, "suspend");
      if (job === undefined) throw await refusal(params.id, "suspended", ["waiting", "running"]);
      return { job_id: job.id, status: job.state };
    }),

    route(resumeJob, async ({ actor, params }) => {
      const job = await control.changeJob(db, actor, params.id, "resume");
      if (job === undefined) throw await refusal(params.id, "resumed", ["suspended"]);
      queueSignal.raise(job.platform_id);
      return { job_id: job.id, status: job.state };
    }),
  ];
}

function outcomeOf(id: string, state: ChangedJob["state"] | undefined, changed: boolean) {
  if (state === undefined) return { job_id: id, outcome: "not_found", status: null } as const;
  if (state === "cancel_requested")
    return { job_id: id, outcome: "cancel_requested", status: state } as const;
  const outcome = changed || state === "canceled" ? "canceled" : "already_over";
  return { job_id: id, outcome, status: state } as const;
}
