import type { JobRerun, JobSubmission } from "@corbenic/protocol";
import { Problem } from "@corbenic/protocol";
import { type Admitted, admit, type Candidate } from "../admission/admission.ts";
import { refusalOf } from "../admission/findings.ts";
import { createPayloadChecker } from "../admission/payload-checker.ts";
import { findFullQueues } from "../admission/room.ts";
import type { Submitter } from "../admission/submitter.ts";
import type { Services } from "../app.ts";
import type { Actor } from "../audit/actor.ts";
import { recordChange } from "../audit/audit-store.ts";
import type { Queryable } from "../database/database.ts";
import { findReplay, keyedRequest } from "../idempotency/idempotency.ts";
import { insertKeyedJob, type KeyedRequest } from "../idempotency/idempotency-store.ts";
import { attemptsMaxOn } from "./attempts.ts";
import { jobNotFound } from "./job.ts";
import { findSourceJob, insertJob, type NewJob, type SourceJob } from "./submission-store.ts";
import { createSubmissionTurns } from "./submission-turns.ts";

/** What a job is given besides what was admitted. */
type Details = Pick<
  NewJob,
  "name" | "groupName" | "pcvlVersion" | "processId" | "rerunFrom" | "actor" | "maxDurationS"
>;

/** Who runs a job again, and how the audit trail names them. */
export interface Rerunner {
  readonly submitter: Submitter;
  readonly actor: Actor;
}

/** Makes jobs out of what is asked for, by whichever path it came. */
export interface Submission {
  /** @returns the job's id, the same as before where the key and the request are */
  submit(submitter: Submitter, body: JobSubmission, key: string | undefined): Promise<string>;
  rerun(by: Rerunner, jobId: string, body: JobRerun, key: string | undefined): Promise<string>;
  /** Runs anybody's job again, for its owner. */
  requeue(actor: Actor, jobId: string): Promise<string>;
}

export function createSubmission(services: Services): Submission {
  const { db, limits, queueSignal, stopping } = services;
  const payloadChecker = createPayloadChecker();
  const inTurn = services.submissionTurns ?? createSubmissionTurns(db);
  stopping.addEventListener("abort", () => void payloadChecker.close(), { once: true });

  async function replayOrMake(
    request: KeyedRequest | undefined,
    make: () => Promise<string>,
  ): Promise<string> {
    return (await findReplay(db, request)) ?? make();
  }

  /** Admits the job, and stores it with its key in its turn. */
  async function make(
    submitter: Submitter,
    candidate: Candidate,
    details: (admitted: Admitted) => Details,
    request: KeyedRequest | undefined,
    record: (client: Queryable, id: string) => Promise<void> = async () => undefined,
  ): Promise<string> {
    const admitted = await admit({ db, limits, payloadChecker }, submitter, candidate);
    const { destination, command, shots, payload } = admitted;
    const id = await inTurn(submitter.userId, {
      async check(client, room) {
        const made = await findReplay(client, request);
        if (made !== undefined) return made;
        const jobs = await room.count(submitter, destination);
        const full = findFullQueues(jobs, submitter, destination, limits);
        if (full.length > 0) throw refusalOf(full);
        return undefined;
      },
      async store(client, room) {
        const id = await insertJob(client, {
          ...details(admitted),
          ownerId: submitter.userId,
          platformId: destination.platformId,
          tokenId: submitter.tokenId,
          priority: submitter.priority,
          attemptsMax: attemptsMaxOn(destination, limits),
          command,
          shots,
          payload,
        });
        if (request !== undefined) await insertKeyedJob(client, request, id);
        await record(client, id);
        room.take(submitter, destination);
        return id;
      },
    });
    queueSignal.raise(destination.platformId);
    return id;
  }

  function rerunOf(
    source: SourceJob,
    as: Details["actor"],
    { submitter, actor }: Rerunner,
    changes: JobRerun,
    request?: KeyedRequest,
  ): Promise<string> {
    const candidate = {
      platformId: changes?.platform_id ?? source.platform_id,
      platformName: null,
      maxDurationS: null,
      payload: changes?.payload ?? (JSON.parse(source.payload) as Record<string, unknown>),
    };
    const details = ({ maxDurationS }: Admitted): Details => ({
      name: changes?.job_name ?? source.name,
      groupName: source.group_name,
      pcvlVersion: source.pcvl_version,
      processId: source.process_id,
      rerunFrom: source.id,
      actor: as,
      maxDurationS: Math.min(source.max_duration_s, maxDurationS),
    });
    return make(submitter, candidate, details, request, (client, id) =>
      recordChange(client, actor, {
        action: as === "owner" ? "job.rerun" : "job.requeue",
        object: `job:${source.id}`,
        after: { job: id },
      }),
    );
  }

  return {
    submit(submitter, body, key) {
      const { platform_id, platform_name, job_name, job_group_name, pcvl_version, process_id } = body;
      const { max_duration, payload } = body;
      const asked = { platform_id, platform_name, job_name, job_group_name, pcvl_version, process_id };
      const request = keyedRequest(submitter.userId, key, { ...asked, max_duration, payload });
      const candidate = {
        platformId: platform_id ?? null,
        platformName: platform_name ?? null,
        maxDurationS: max_duration ?? null,
        payload,
      };
      const details = ({ command, maxDurationS }: Admitted): Details => ({
        name: job_name ?? command,
        groupName: job_group_name ?? null,
        pcvlVersion: pcvl_version ?? null,
        processId: process_id ?? null,
        rerunFrom: null,
        actor: "owner",
        maxDurationS,
      });
      return replayOrMake(request, () => make(submitter, candidate, details, request));
    },

    async rerun(by, jobId, changes, key) {
      const { job_name, platform_id, payload } = changes ?? {};
      const request = keyedRequest(by.submitter.userId, key, {
        rerun: jobId,
        job_name,
        platform_id,
        payload,
      });
      return replayOrMake(request, async () => {
        const source = await findSourceJob(db, by.submitter.userId, jobId);
        return rerunOf(requireFailed(source, jobId), "owner", by, changes, request);
      });
    },

    async requeue(actor, jobId) {
      const source = requireFailed(await findSourceJob(db, null, jobId), jobId);
      const owner: Submitter = {
        userId: source.owner_id,
        priority: source.owner_priority,
        scopes: { platforms: null, shotsMax: null, jobsMax: null, readOnly: false },
        tokenId: null,
      };
      return rerunOf(source, "admin", { submitter: owner, actor }, null);
    },
  };
}

function requireFailed(source: SourceJob | undefined, jobId: string): SourceJob {
  if (source === undefined) throw jobNotFound(jobId);
  if (source.state === "error" || source.state === "canceled") return source;
  const message = `Job ${jobId} is ${source.state}: only a failed or canceled job runs again.`;
  throw new Problem("job_not_failed", message, { detail: { status: source.state } });
}
