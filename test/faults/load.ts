import { setTimeout as sleep } from "node:timers/promises";
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
} from "@corbenic/protocol";
import { createHistory, type History } from "./history.ts";

/** Users who go on whatever happens, and remember what they were told. */
export interface Load {
  readonly history: History;
  /** Answers of the operations so far. */
  readonly answers: () => number;
  /** Jobs that were acknowledged so far. */
  readonly submissions: () => number;
  /** Lets every job that was submitted be followed to its end, and submits no more. */
  stop(): Promise<void>;
}

const payload = {
  command: "probs",
  circuit:
    ":PCVL:zip:eJyzCnAO87FydM4sSi7NLLFydfTM9K9wdI7MSg52DsyO9AkNCtWu9DANqMj3cg50hAPP9GwvBM+xEKgWwXPxRFELAAdTHXM=",
  input_state: ":PCVL:BasicState:|1,1>",
  job_context: null,
} as const;

export interface LoadOptions {
  readonly users: number;
  readonly pauseMs: number;
  /** What other users write in, too. */
  readonly history?: History;
}

export function startLoad(
  cloud: CallTarget,
  { users, pauseMs, history = createHistory() }: LoadOptions,
): Load {
  const stopping = new AbortController();
  let answers = 0;
  let submissions = 0;

  /** The answer, or undefined: the cloud was away, or refused. */
  async function ask<T>(asking: (signal: AbortSignal) => Promise<T>): Promise<T | undefined> {
    try {
      const answer = await asking(AbortSignal.timeout(10_000));
      answers += 1;
      return answer;
    } catch (error) {
      if (error instanceof Problem) history.refused(error);
      if (error instanceof Problem && error.status >= 500) history.violate(`5xx: ${error.message}`);
      return undefined;
    }
  }

  async function follow(id: string): Promise<void> {
    const params = { id };
    for (let looks = 0; ; looks++) {
      await sleep(pauseMs * (0.5 + Math.random()));
      const status = await ask((signal) => call(getJobStatus, cloud, { params, signal }));
      if (status === undefined) continue;
      history.saw(id, status.status);
      if (isTerminal(status.status)) {
        const result = await ask((signal) => call(getJobResult, cloud, { params, signal }));
        if (result !== undefined) history.read(id, result.results);
        if (status.status === "error" && Math.random() < 0.3) await rerun(id);
        return;
      }
      if (looks > 1 && Math.random() < 0.1) {
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

  async function live(): Promise<void> {
    while (!stopping.signal.aborted) {
      const names = ["sound", "sound", "slow", "failing", "large"];
      const job_name = names[Math.floor(Math.random() * names.length)]!;
      const body = { platform_name: "sim:test", job_name, payload };
      const answer = await ask((signal) => call(submitJob, cloud, { body, signal }));
      if (answer === undefined) await sleep(pauseMs);
      else {
        submissions += 1;
        history.created(answer.job_id);
        await follow(answer.job_id);
      }
    }
  }

  const lives = Array.from({ length: users }, live);
  return {
    history,
    answers: () => answers,
    submissions: () => submissions,
    async stop() {
      stopping.abort();
      await Promise.all(lives);
    },
  };
}
