import {
  type CallTarget,
  call,
  cancelJob,
  cancelJobs,
  getJobResult,
  getJobStatus,
  isTerminal,
  rerunJob,
  submitJob,
} from "@corbenic/protocol";
import type { Chance } from "./chance.ts";
import type { Network, Sender } from "./network.ts";
import { createAsk } from "./requests.ts";
import type { Scheduler } from "./scheduler.ts";
import type { Swarm } from "./swarm.ts";

export interface People {
  readonly scheduler: Scheduler;
  readonly chance: Chance;
  readonly network: Network;
  readonly violate: (says: string) => void;
  readonly swarm: Swarm;
  /** All jobs that anybody was told of, with the token of their owner. */
  readonly jobs: { readonly id: string; readonly token: string }[];
  /** Whether all faults are over: then everybody comes to an end. */
  readonly healing: () => boolean;
}

const circuit =
  ":PCVL:zip:eJyzCnAO87FydM4sSi7NLLFydfTM9K9wdI7MSg52DsyO9AkNCtWu9DANqMj3cg50hAPP9GwvBM+xEKgWwXPxRFELAAdTHXM=";
const input = { command: "probs", circuit, input_state: ":PCVL:BasicState:|1,1>" } as const;
const contexts = [
  null,
  { mode_mapping: [0, 1] },
  { result_mapping: ["perceval.utils", "probs_to_sample_count"] },
];

const nobodys = "00000000-0000-4000-8000-ffffffffffff";
const looksMost = 15;
const triesMost = 4;

/** Somebody who submits jobs, follows them, cancels some, and runs again what has failed. */
export function liveAsOwner(name: string, token: string, jobs: number, people: People): Promise<unknown> {
  const { scheduler, chance, network, swarm, healing, violate } = people;
  const { faults } = swarm;
  const sender: Sender = { name, receive: (_, act) => act() };
  const cloud: CallTarget = { baseUrl: "http://cloud.test", token, fetch: network.fetchFor(sender) };
  const sleep = (ms: number) =>
    new Promise<void>((resolve) => void scheduler.after(ms, `${name} acts`, resolve));
  const ask = createAsk(name, scheduler, violate);
  const over = ["job_has_no_result"] as const;
  let keys = 0;

  async function follow(id: string): Promise<void> {
    people.jobs.push({ id, token });
    const params = { id };
    for (let look = 0; look < looksMost && !healing(); look++) {
      await sleep(chance.scaled(0.1, 2) * swarm.jobMs);
      const { answer: job } = await ask((signal) => call(getJobStatus, cloud, { params, signal }), []);
      if (job !== undefined && isTerminal(job.status)) {
        await ask(
          (signal) => call(getJobResult, cloud, { params, signal }),
          job.status === "completed" ? [] : over,
        );
        if (chance.happens(0.1)) await cancel(id);
        if (job.status !== "completed" && chance.happens(0.3)) await rerun(id);
        return;
      }
      if (chance.happens(0.02)) await rerun(id);
      if (chance.happens(0.05)) await pry();
      // What is held up is given up more easily.
      const doubt = job?.status === "running" || job?.status === "suspended" ? 0.8 : 0.3;
      if (chance.happens(faults.cancels * doubt)) await cancel(id);
    }
  }

  async function cancel(id: string): Promise<void> {
    const body = { job_ids: [id, nobodys] };
    if (chance.happens(0.2)) await ask((signal) => call(cancelJobs, cloud, { body, signal }), []);
    else await ask((signal) => call(cancelJob, cloud, { params: { id }, signal }), ["job_already_over"]);
  }

  /** Tries to reach what is somebody else's, which is to be the same as what is not there. */
  async function pry(): Promise<void> {
    const others = people.jobs.filter((job) => job.token !== token);
    const id = others.length === 0 || chance.happens(0.2) ? nobodys : chance.pick(others).id;
    const trial = chance.pick([getJobStatus, getJobResult, cancelJob, rerunJob] as const);
    const asked = await ask((signal) => call(trial, cloud, { params: { id }, signal }), ["job_not_found"]);
    if (asked.answer !== undefined) violate(`I16: ${name} has reached ${trial.operationId} of job ${id}`);
  }

  async function rerun(id: string): Promise<void> {
    const { answer } = await ask(
      (signal) => call(rerunJob, cloud, { params: { id }, signal }),
      ["job_not_failed"],
    );
    if (answer !== undefined) await follow(answer.job_id);
  }

  /** Submits a job, with a key again and again until an answer comes. */
  async function submit(nature: string): Promise<string | undefined> {
    const key = chance.happens(0.5) ? `${name.replace(" ", "-")}-${++keys}` : undefined;
    const job_name = key === undefined ? nature : `${nature} ${key}`;
    const body = {
      platform_name: "sim:test",
      job_name,
      payload: { ...input, job_context: chance.pick(contexts) },
    };
    const headers = key === undefined ? {} : { "idempotency-key": key };
    for (let tries = 0; tries < (key === undefined ? 1 : triesMost); tries++) {
      const { answer } = await ask((signal) => call(submitJob, cloud, { body, headers, signal }), []);
      if (answer === undefined) continue;
      if (key !== undefined && chance.happens(0.1)) {
        const other = { ...body, job_name: `${job_name} other` };
        await ask(
          (signal) => call(submitJob, cloud, { body: other, headers, signal }),
          ["idempotency_key_reused"],
        );
      }
      return answer.job_id;
    }
    return undefined;
  }

  async function submitOne(): Promise<void> {
    await sleep(chance.between(0, 1) * swarm.jobMs);
    if (healing()) return;
    const draw = chance.next();
    const id = await submit(
      draw < faults.deadlyJobs
        ? "deadly"
        : draw < faults.deadlyJobs + faults.failingJobs
          ? "failing"
          : "sound",
    );
    if (id !== undefined) await follow(id);
  }

  return Promise.all(Array.from({ length: jobs }, submitOne));
}
