import { createHash } from "node:crypto";
import {
  type CallTarget,
  call,
  completeJob,
  failJob,
  fetchJob,
  type LeasedJob,
  releaseLease,
  renewLease,
  stageResult,
} from "@corbenic/protocol";
import type { Sender } from "./network.ts";
import type { People } from "./owner.ts";
import { createAsk } from "./requests.ts";

/** What may be refused to whoever reports late, twice, or something else than before. */
const refusals = ["lease_lost", "result_conflict", "result_incomplete", "invalid_payload"] as const;

/** A lease that a stray worker was given, and what it makes of the job. */
export interface StrayLease {
  readonly job: LeasedJob;
  readonly results: string;
}

export interface StrayLife {
  readonly key: string;
  readonly people: People;
  readonly drawId: () => string;
  readonly resultsOf: (job: LeasedJob) => string;
  /** Every lease that any of them was ever given: they do not mind whose it is. */
  readonly leases: StrayLease[];
  /** The attempts that somebody computes, as far as is known. */
  readonly running: ReadonlyMap<string, number>;
}

/** Of the leases that are over, the latest are the ones to do harm with. */
const remembered = 6;

/**
 * A worker of somebody else's making: it knows the protocol and keeps to none of its advice. It holds on to leases
 * that are over, computes on when it was told to stop, reports twice and differently, and loses parts of results.
 * Nothing it does may harm a job of another attempt.
 */
export async function liveAsStrayWorker(
  name: string,
  { key, people, drawId, resultsOf, leases, running }: StrayLife,
): Promise<void> {
  const { scheduler, chance, network, swarm, healing, violate } = people;
  const sender: Sender = { name, receive: (_, act) => act() };
  const cloud: CallTarget = { baseUrl: "http://cloud.test", token: key, fetch: network.fetchFor(sender) };
  const ask = createAsk(name, scheduler, violate);
  const sleep = (ms: number) =>
    new Promise<void>((resolve) => void scheduler.after(ms, `${name} acts`, resolve));
  const haste = swarm.astray ? 0.1 : 1;
  let fetchId = drawId();

  async function fetchNext(): Promise<void> {
    const named = chance.happens(0.7) ? { fetch_id: fetchId } : {};
    const query = { wait_s: chance.pick([0, 1, 2]), ...named };
    const { answer } = await ask((signal) => call(fetchJob, cloud, { query, signal }), []);
    // The same id again, now and then, even though the answer was heard.
    if (!chance.happens(0.2)) fetchId = drawId();
    if (answer !== undefined) leases.push({ job: answer, results: resultsOf(answer) });
  }

  async function renew(lease: StrayLease): Promise<void> {
    const { job_id: id, lease_token } = lease.job;
    const body = { lease_token, progress: chance.next() };
    const { answer } = await ask(
      (signal) => call(renewLease, cloud, { params: { id }, body, signal }),
      refusals,
    );
    // It does not do what it is told.
    if (answer?.cancel === true && chance.happens(0.8)) await complete(lease);
  }

  async function complete({ job, results }: StrayLease): Promise<void> {
    const { job_id: id, lease_token } = job;
    const changed = { ...(JSON.parse(results) as object), job_context: { mode_mapping: [7] } };
    const other = chance.happens(0.5) ? resultsOf(job) : JSON.stringify(changed);
    const body = { lease_token, results: chance.happens(0.6) ? results : other };
    await ask((signal) => call(completeJob, cloud, { params: { id }, body, signal }), refusals);
  }

  async function stage({ job, results }: StrayLease): Promise<void> {
    const { job_id: id, lease_token } = job;
    const half = Math.ceil(results.length / 2);
    for (const [number, part] of [results.slice(0, half), results.slice(half)].entries()) {
      if (chance.happens(0.2)) continue;
      const body = { lease_token, number, part };
      await ask((signal) => call(stageResult, cloud, { params: { id }, body, signal }), refusals);
    }
    const body = { lease_token, sha256: createHash("sha256").update(results).digest("hex") };
    await ask((signal) => call(completeJob, cloud, { params: { id }, body, signal }), refusals);
  }

  async function fail({ job, results }: StrayLease): Promise<void> {
    const { job_id: id, lease_token } = job;
    const found = chance.happens(0.3) ? { results } : {};
    const body = { lease_token, message: "It gave up.", retryable: chance.happens(0.7), ...found };
    await ask((signal) => call(failJob, cloud, { params: { id }, body, signal }), refusals);
  }

  async function release({ job }: StrayLease): Promise<void> {
    const { job_id: id, lease_token } = job;
    await ask(
      (signal) => call(releaseLease, cloud, { params: { id }, body: { lease_token }, signal }),
      refusals,
    );
  }

  /** A lease on a job that somebody else has been given since and computes now, if there is any. */
  function pickSuperseded(): StrayLease | undefined {
    const superseded = leases.filter(({ job }) => (running.get(job.job_id) ?? 0) > job.attempt);
    return superseded.length === 0 ? undefined : chance.pick(superseded.slice(-remembered));
  }

  while (!healing()) {
    await sleep(chance.scaled(0.01, 0.4) * swarm.leaseMs * haste);
    if (healing()) return;
    const superseded = chance.happens(0.7) ? pickSuperseded() : undefined;
    if (superseded !== undefined) await chance.pick([renew, complete, stage, fail, release])(superseded);
    else if (leases.length === 0 || chance.happens(0.45)) await fetchNext();
    else if (chance.happens(0.6)) {
      const lease = chance.happens(0.7) ? leases.at(-1)! : chance.pick(leases.slice(-remembered));
      // Handed back, a job soon has another lease beside this one.
      await chance.pick([renew, complete, stage, fail, release, release, release])(lease);
    }
  }
}
