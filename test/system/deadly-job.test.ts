import { hongOuMandel, type Job, JobFailedError } from "@corbenic/sdk";
import { type RunningWorker, startWorker } from "@corbenic/worker";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createSimulationProcess } from "../../worker/src/simulation-process-client.ts";
import { createSimulator } from "../../worker/src/simulator.ts";
import { type LabCloud, startLabCloud } from "./lab-cloud.ts";

const memoryBytesMax = 64 * 2 ** 20;
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const threadOf = (name: string) => new URL(`../../worker/test/${name}`, import.meta.url);

describe("a worker in the process of its cloud, with jobs that break what computes them", () => {
  let lab: LabCloud;
  let worker: RunningWorker;
  beforeAll(async () => {
    const specs = { available_commands: ["probs"] };
    lab = await startLabCloud({ name: "sim:frail", type: "simulator", specs }, { retryDelayMs: 1 });
    const simulator = createSimulator({ slots: 1, memoryBytesMax });
    const frail = {
      huge: createSimulationProcess({ memoryBytesMax, script: threadOf("huge-thread.ts") }),
      killed: createSimulationProcess({ memoryBytesMax, script: threadOf("killed-thread.ts") }),
    };
    worker = startWorker({
      url: lab.url,
      key: lab.workerKey,
      log: silent,
      runner: {
        ...simulator,
        run(leased, options) {
          if (leased.job_name === "huge") return frail.huge.run(leased.payload, options);
          if (leased.job_name === "killed") return frail.killed.run({ kill: true }, options);
          return simulator.run(leased, options);
        },
        async close() {
          await Promise.all([simulator, frail.huge, frail.killed].map((each) => each.close()));
        },
      },
    });
  });
  afterAll(async () => {
    await worker.stop();
    await lab.stop();
  });

  async function failureOf(job: Job): Promise<string> {
    const error = await job.wait().then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(JobFailedError);
    return (error as JobFailedError).message;
  }

  async function expectAlive(): Promise<void> {
    const { distribution } = await (await lab.submit(hongOuMandel)).wait();
    expect(distribution.get("|2,0>")).toBeCloseTo(0.5, 12);
  }

  test("ends a job whose single allocation aborts its process, with the reason, and computes the next", async () => {
    const job = await lab.submit(hongOuMandel, { job_name: "huge" });
    expect(await failureOf(job)).toContain("needs more memory than one job may take on its worker");
    await expectAlive();
  });

  test("tries a job again whose process is killed, as often as it may, and computes the next", async () => {
    const job = await lab.submit(hongOuMandel, { job_name: "killed" });
    expect(await failureOf(job)).toContain("its process was killed");
    expect((await job.read()).attempt).toBe(3);
    await expectAlive();
  });
});
