import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { isTerminal } from "@corbenic/protocol";
import type { FinalEvent, FinalJob } from "./final-jobs.ts";
import type { LeaseLedger } from "./lease-ledger.ts";
import type { Promises } from "./record.ts";

const leasesMax = 10;
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
/** What a worker that hands a job back is remembered by: the attempt does not count. */
const releaseDigest = sha256(JSON.stringify(["release", null, false]));

/** Compares what was promised with what the database says in the end. @returns what is wrong */
export function checkFinalJobs(
  jobs: readonly FinalJob[],
  promises: Promises,
  { reports, unreported }: Pick<LeaseLedger, "reports" | "unreported">,
): string[] {
  const wrong: string[] = [];
  const final = new Map(jobs.map((job) => [job.id, job]));
  const check = (fine: boolean, invariant: string, jobId: string, says: string) => {
    if (!fine) wrong.push(`${invariant}: job ${jobId} ${says}`);
  };
  for (const id of promises.created) check(final.has(id), "I12", id, "was acknowledged and is not there");
  for (const [id, state] of promises.endings)
    check(final.get(id)?.state === state, "I2", id, `was ${state} and is ${final.get(id)?.state}`);
  for (const [id, text] of promises.results)
    check(final.get(id)?.results === text, "I12", id, "has another result than it was said to have");
  for (const id of promises.cancelAsked.keys()) {
    const state = final.get(id)?.state;
    check(
      state === "canceled" || state === "completed",
      "I9",
      id,
      `was asked to be canceled and is ${state}`,
    );
  }
  for (const { jobId, lease, state, verb } of reports) {
    const event = final.get(jobId)?.events.find((event) => event.lease === lease && event.actor === "holder");
    check(
      event?.to === state,
      "I1",
      jobId,
      `was said to be ${state} by ${verb}, and that is not what happened`,
    );
  }
  const silent = unreported();
  for (const { id, events } of jobs)
    for (const { lease, actor, transition } of events)
      check(
        actor !== "holder" || lease === null || !silent.has(lease),
        "I1",
        id,
        `was changed (${transition}) under a lease that nobody has reported under`,
      );
  for (const job of jobs) for (const says of faultsOf(job)) wrong.push(says.replace(":", `: job ${job.id}`));
  return [...wrong, ...keyedTwice(jobs)];
}

function faultsOf(job: FinalJob): string[] {
  const { state, results, partial, attempt, attempts_counted, attempts_max, events } = job;
  const wrong: string[] = [];
  if (!isTerminal(state)) wrong.push(`L1: has not ended: it is ${state}`);
  if (attempts_counted > attempts_max || attempt > leasesMax) wrong.push(`I8: has ${attempt} attempts`);
  const counted = events.reduce((sum, event) => sum + countOf(event), 0);
  if (attempts_counted !== counted) wrong.push(`I8: counts ${attempts_counted} attempts of ${counted}`);
  if ((state === "completed") !== (results !== null && partial === false))
    wrong.push(`I4: is ${state} ${results === null ? "without" : "with"} a result`);
  if (results !== null && !isDeepStrictEqual(contextOf(results), contextOf(job.payload) ?? undefined))
    wrong.push("I17: has a result of another context than its own");
  return [...wrong, ...foreignReports(events)];
}

/** Reports that have ended another lease than the one that was current: those of attempts that were superseded. */
function foreignReports(events: readonly FinalEvent[]): string[] {
  const wrong: string[] = [];
  let lease: string | null = null;
  for (const event of events) {
    const ofHolder = event.actor === "holder" || event.actor === "reaper";
    if (ofHolder && (lease === null || event.lease !== lease))
      wrong.push(`I1: was changed (${event.transition}) under a lease that was not its own`);
    lease =
      event.transition === "acquire" ? event.lease : event.transition === "request_cancel" ? lease : null;
  }
  return wrong;
}

function countOf({ transition, digest, actor }: FinalEvent): number {
  if (transition === "acquire") return 1;
  if (transition === "suspend_running") return -1;
  return actor === "holder" && digest === releaseDigest ? -1 : 0;
}

function contextOf(text: string): unknown {
  return (JSON.parse(text) as { job_context?: unknown }).job_context;
}

/** Jobs that owners have submitted with one key: their name ends with it. */
function keyedTwice(jobs: readonly FinalJob[]): string[] {
  const seen = new Map<string, string>();
  const wrong: string[] = [];
  for (const { id, name, parent_id } of jobs) {
    if (parent_id !== null || !name.includes(" ")) continue;
    const before = seen.get(name);
    if (before !== undefined) wrong.push(`I15: jobs ${before} and ${id} were made by one key`);
    seen.set(name, id);
  }
  return wrong;
}
