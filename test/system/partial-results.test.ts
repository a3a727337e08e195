import { hongOuMandel, type Job, type JobStatus } from "@corbenic/sdk";
import { type RunningWorker, startWorker } from "@corbenic/worker";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type LabCloud, startLabCloud } from "./lab-cloud.ts";

const steps = 2_000;

/** Takes longer than these tests, in steps that are short. */
const long = {
  ...hongOuMandel,
  command: "sample_count",
  job_context: { mine: "untouched" },
  iterator: Array.from({ length: steps }, (_, step) => ({ max_shots: 5_000_000 + step })),
};

describe("a job with an iterator that does not get to its end", () => {
  let lab: LabCloud;
  let worker: RunningWorker;
  beforeAll(async () => {
    const specs = { available_commands: ["probs", "sample_count"] };
    lab = await startLabCloud({ name: "sim:steps", type: "simulator", specs });
    const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
    worker = startWorker({ url: lab.url, key: lab.workerKey, log });
  });
  afterAll(async () => {
    await worker.stop();
    await lab.stop();
  });

  async function when(job: Job, holds: (status: JobStatus) => boolean): Promise<JobStatus> {
    for await (const status of job.watch()) if (holds(status)) return status;
    throw new Error(`the job ended before: ${JSON.stringify(await job.getStatus())}`);
  }

  async function finishedStepsOf(job: Job): Promise<number> {
    const { results, results_type } = await job.getResults();
    expect(results_type).toBe("partial");
    const { results_list, job_context } = JSON.parse(results);
    expect(job_context).toEqual(long.job_context);
    for (const [step, { iteration, results: counts }] of results_list.entries()) {
      expect(iteration).toEqual(long.iterator[step]);
      expect(counts).toMatch(/^:PCVL:BSCount:\{/);
    }
    return results_list.length;
  }

  test("keeps the steps that were finished when it is canceled", async () => {
    const job = await lab.submit(long);
    const { progress } = await when(job, (status) => status.progress > 0);
    await job.cancel();
    expect(await when(job, ({ status }) => status === "canceled")).toBeDefined();
    const finished = await finishedStepsOf(job);
    expect(finished).toBeGreaterThanOrEqual(Math.floor(progress * steps));
    expect(finished).toBeLessThan(steps);
  });

  test("keeps the steps that were finished when its time is over", async () => {
    const job = await lab.submit(long, { max_duration: 5 });
    const { status_message } = await when(job, ({ status }) => status === "error");
    expect(status_message).toContain("5 seconds");
    const finished = await finishedStepsOf(job);
    expect(finished).toBeGreaterThan(0);
    expect(finished).toBeLessThan(steps);
  });
});
