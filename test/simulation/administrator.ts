import {
  type CallTarget,
  call,
  cancelJob,
  getJobResult,
  requeueJob,
  resumeJob,
  suspendJob,
} from "@corbenic/protocol";
import type { Sender } from "./network.ts";
import type { People } from "./owner.ts";
import { createAsk } from "./requests.ts";

export interface Administrator {
  /** Acts again and again on anybody's jobs, until all faults are over. */
  live(): Promise<void>;
  resume(jobId: string): Promise<void>;
}

export function createAdministrator(token: string, people: People): Administrator {
  const { scheduler, chance, network, swarm, healing, violate } = people;
  const sender: Sender = { name: "administrator", receive: (_, act) => act() };
  const cloud: CallTarget = { baseUrl: "http://cloud.test", token, fetch: network.fetchFor(sender) };
  const ask = createAsk(sender.name, scheduler, violate);
  const suspended = new Set<string>();

  async function resume(id: string): Promise<void> {
    suspended.delete(id);
    await ask((signal) => call(resumeJob, cloud, { params: { id }, signal }), ["job_in_other_state"]);
  }

  /** @returns whether it is known to be suspended */
  async function suspend(id: string): Promise<boolean> {
    suspended.add(id);
    const asking = (signal: AbortSignal) => call(suspendJob, cloud, { params: { id }, signal });
    return (await ask(asking, ["job_in_other_state"])).answer !== undefined;
  }

  async function cancel(id: string): Promise<void> {
    await ask((signal) => call(cancelJob, cloud, { params: { id }, signal }), ["job_already_over"]);
  }

  /** Changes its mind often: what it has just done it may undo, or go further. */
  async function act(id: string): Promise<void> {
    const params = { id };
    const draw = chance.next();
    const held = suspended.size > 0 ? chance.pick([...suspended]) : id;
    if (draw < 0.5) {
      if ((await suspend(id)) && chance.happens(0.4)) await cancel(id);
    } else if (draw < 0.75) {
      await resume(held);
      if (chance.happens(0.4)) await suspend(held);
    } else if (draw < 0.9) {
      await cancel(chance.happens(0.8) ? held : id);
    } else if (draw < 0.95)
      await ask((signal) => call(requeueJob, cloud, { params, signal }), ["job_not_failed"]);
    else {
      const asked = await ask((signal) => call(getJobResult, cloud, { params, signal }), ["job_not_found"]);
      if (asked.answer !== undefined) violate(`I16: the administrator has read the result of job ${id}`);
    }
  }

  return {
    resume,
    async live() {
      while (!healing()) {
        const ms = -Math.log(1 - chance.next()) * swarm.faults.administratorMs;
        await new Promise<void>((resolve) => void scheduler.after(ms, "administrator acts", resolve));
        // Of those that are still under way most probably: the very last ones still wait.
        const latest = people.jobs.slice(chance.happens(0.5) ? -2 : -8);
        if (latest.length > 0 && !healing()) await act(chance.pick(latest).id);
      }
    },
  };
}
