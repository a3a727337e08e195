import type pg from "pg";
import type { Actor } from "../audit/actor.ts";
import { recordChange } from "../audit/audit-store.ts";
import type { Principal } from "../credentials/credentials.ts";
import type { Queryable } from "../database/database.ts";
import { inTransaction } from "../database/transaction.ts";
import { reachOf } from "./job.ts";
import { noteResultRead } from "./job-store.ts";
import * as store from "./transition-store.ts";

/** Who asks for something, and how the audit trail names them. */
export interface Asker {
  readonly principal: Principal;
  readonly actor: Actor;
}

/** Cancels jobs that the asker reaches. @returns those that changed */
export function cancelJobs(
  db: pg.Pool,
  { principal, actor }: Asker,
  jobIds: readonly string[],
): Promise<store.ChangedJob[]> {
  return inTransaction(db, async (client) => {
    const caller = { userId: principal.userId, reach: reachOf(principal) };
    const changed = await store.cancelJobs(client, caller, jobIds);
    const [first, ...others] = changed.map(({ id, state }) => ({ job: id, status: state }));
    if (first !== undefined) {
      await recordChange(client, actor, {
        action: "job.cancel",
        object: others.length === 0 ? `job:${first.job}` : "jobs",
        after: others.length === 0 ? { status: first.status } : [first, ...others],
      });
    }
    return changed;
  });
}

/** Cancels the asker's jobs of a group. @returns how many were canceled and asked to stop */
export function cancelGroup(db: pg.Pool, { principal, actor }: Asker, groupName: string) {
  return inTransaction(db, async (client) => {
    const { userId } = principal;
    const outcome = await store.cancelGroup(client, userId, groupName);
    if (outcome.canceled + outcome.cancel_requested > 0) {
      const after = { group_name: groupName, ...outcome };
      await recordChange(client, actor, { action: "job_group.cancel", object: `user:${userId}`, after });
    }
    return outcome;
  });
}

/** Suspends or resumes anybody's job. @returns undefined where its state does not allow it */
export function changeJob(
  db: pg.Pool,
  actor: Actor,
  jobId: string,
  change: "suspend" | "resume",
): Promise<store.ChangedJob | undefined> {
  return inTransaction(db, async (client) => {
    const job = await { suspend: store.suspendJob, resume: store.resumeJob }[change](client, jobId);
    if (job !== undefined) {
      const after = { status: job.state };
      await recordChange(client, actor, { action: `job.${change}`, object: `job:${jobId}`, after });
    }
    return job;
  });
}

/** Notes that somebody reads a job that is not theirs, which only administrators can. */
export async function recordReading(
  db: Queryable,
  { principal, actor }: Asker,
  job: { readonly id: string; readonly owner_id: number },
): Promise<void> {
  if (job.owner_id === principal.userId) return;
  await recordChange(db, actor, { action: "job.read", object: `job:${job.id}` });
}

/** The same for what only its owner sees otherwise: the owner is told so among the job's events. */
export async function recordReadingOfContent(
  db: pg.Pool,
  { principal, actor }: Asker,
  job: { readonly id: string; readonly owner_id: number },
): Promise<void> {
  if (job.owner_id === principal.userId) return;
  await inTransaction(db, async (client) => {
    await noteResultRead(client, job.id);
    await recordChange(client, actor, { action: "job.read_content", object: `job:${job.id}` });
  });
}
