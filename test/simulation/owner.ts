import {
  type CallTarget,
  call,
  cancelJob,
  getJobResult,
  getJobStatus,
  isTerminal,
  Problem,
  rerunJob,
  submitJob,
  UnreachableError,
} from "@corbenic/protocol";
import type { Chance } from "./chance.ts";
import type { History } from "./history.ts";
import type { Network, Sender } from "./network.ts";
import type { Scheduler } from "./scheduler.ts";
import type { Swarm } from "./swarm.ts";

export interface OwnerLife {
  readonly scheduler: Scheduler;
  readonly chance: Chance;
  readonly network: Network;
  readonly history: History;
  readonly swarm: Swarm;
}

const payload = {
  command: "probs",
  circuit:
    ":PCVL:zip:eJyzCnAO87FydM4sSi7NLLFydfTM9K9wdI7MSg52DsyO9AkNCtWu9DANqMj3cg50hAPP9GwvBM+xEKgWwXPxRFELAAdTHXM=",
  input_state: ":PCVL:BasicState:|1,1>",
  job_context: null,
} as const;

const nobodys = "00000000-0000-4000-8000-ffffffffffff";

/** Somebody who submits jobs, follows them, cancels some, and runs again what has failed. */
export function liveAsOwner(name: string, token: string, jobs: number, life: OwnerLife): Promise<unknown> {
  const { scheduler, chance, network, history, swarm } = life;
  const { faults } = swarm;
  const sender: Sender = { name, receive: (_, act) => act() };
  const cloud: CallTarget = { baseUrl: "http://cloud.test", token, fetch: network.fetchFor(sender) };
  const sleep = (ms: number) =>
    new Promise<void>((resolve) => void scheduler.after(ms, `${name} acts`, resolve));

  /** The answer, or undefined when none came or the cloud refused: what happened then is not known here. */
  async function ask<T>(asking: (signal: AbortSignal) => Promise<T>): Promise<T | undefined> {
    const patience = new AbortController();
    const timer = scheduler.after(10_000, `${name} loses patience`, () =>
      patience.abort(new Error("too late")),
    );
    try {
      return await asking(patience.signal);
    } catch (error) {
      if (error instanceof Problem) history.refused(error);
      else if (!(error instanceof UnreachableError) && !patience.signal.aborted) throw error;
      return undefined;
    } finally {
      timer.cancel();
    }
  }

  async function follow(id: string): Promise<void> {
    const params = { id };
    for (let look = 0; look < 20; look++) {
      await sleep(chance.scaled(0.3, 3) * swarm.jobMs);
      const status = await ask((signal) => call(getJobStatus, cloud, { params, signal }));
      if (status !== undefined) history.saw(id, status.status);
      if (status !== undefined && isTerminal(status.status)) {
        const answer = await ask((signal) => call(getJobResult, cloud, { params, signal }));
        if (answer !== undefined) history.read(id, answer.results);
        if (chance.happens(0.1)) await ask((signal) => call(cancelJob, cloud, { params, signal }));
        if (status.status !== "completed" && chance.happens(0.3)) await rerun(id);
        return;
      }
      if (chance.happens(0.02)) await rerun(id);
      if (chance.happens(0.02))
        await ask((signal) => call(getJobStatus, cloud, { params: { id: nobodys }, signal }));
      if (chance.happens(faults.cancels * 0.3)) {
        const answer = await ask((signal) => call(cancelJob, cloud, { params, signal }));
        if (answer !== undefined) history.canceled(id, answer.message.includes("is canceled"));
      }
    }
  }

  async function rerun(id: string): Promise<void> {
    const answer = await ask((signal) => call(rerunJob, cloud, { params: { id }, signal }));
    if (answer === undefined) return;
    history.created(answer.job_id);
    await follow(answer.job_id);
  }

  async function submitOne(): Promise<void> {
    await sleep(chance.between(0, 1) * swarm.jobMs);
    const nature = chance.next();
    const job_name =
      nature < faults.deadlyJobs
        ? "deadly"
        : nature < faults.deadlyJobs + faults.failingJobs
          ? "failing"
          : "sound";
    const body = { platform_name: "sim:test", job_name, payload };
    const answer = await ask((signal) => call(submitJob, cloud, { body, signal }));
    if (answer === undefined) return;
    history.created(answer.job_id);
    await follow(answer.job_id);
  }

  return Promise.all(Array.from({ length: jobs }, submitOne));
}
