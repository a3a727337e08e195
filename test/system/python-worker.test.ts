import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { text } from "node:stream/consumers";
import { hongOuMandel, JobFailedError } from "@corbenic/sdk";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type LabCloud, startLabCloud } from "./lab-cloud.ts";

const script = resolve(import.meta.dirname, "../../examples/worker.py");
const python = spawnSync("python3", ["--version"]).status === 0;
if (!python) console.warn("python3 is not installed: the worker in Python is not tried.");

describe.skipIf(!python)("the worker in plain Python", () => {
  let lab: LabCloud;
  let worker: ReturnType<typeof spawn>;
  beforeAll(async () => {
    lab = await startLabCloud({
      name: "qpu:bench",
      type: "physical",
      specs: { available_commands: ["sample_count"] },
    });
    worker = spawn("python3", [script], {
      env: { ...process.env, CORBENIC_URL: lab.url, CORBENIC_WORKER_KEY: lab.workerKey },
      stdio: ["ignore", "inherit", "inherit"],
    });
  });
  afterAll(async () => {
    const exited = new Promise((exit) => worker.once("exit", exit));
    worker.kill("SIGKILL");
    await exited;
    await lab.stop();
  });

  test("measures what it is sent, and gives back the context of the job", async () => {
    const context = {
      command: "sample_count",
      result_mapping: ["perceval.utils", "samples_to_sample_count"],
    };
    for (const job_context of [null, context]) {
      const payload = { ...hongOuMandel, command: "sample_count", max_shots: 1000, job_context } as const;
      const job = await lab.submit(payload);
      const { distribution } = await job.wait();
      expect([...distribution]).toEqual([["|1,1>", 1000]]);
    }
  });

  test("ends a job that it cannot measure with the reason, and goes on", async () => {
    const { input_state: _, ...without } = hongOuMandel;
    const payload = { ...without, command: "sample_count", max_shots: 1000 } as const;
    const failed = await (await lab.submit(payload)).wait().catch((reason: unknown) => reason);
    expect(failed).toBeInstanceOf(JobFailedError);
    expect(String(failed)).toContain("KeyError: 'input_state'");
    await (await lab.submit({ ...hongOuMandel, command: "sample_count", max_shots: 10 })).wait();
  });

  test("ends when the cloud does not want it", async () => {
    const refused = spawn("python3", [script], {
      env: { ...process.env, CORBENIC_URL: lab.url, CORBENIC_WORKER_KEY: "cbn_w_nonsense" },
      stdio: ["ignore", "ignore", "pipe"],
    });
    const said = text(refused.stderr);
    const [code] = await once(refused, "exit");
    expect(code).toBe(1);
    expect(await said).toContain("The cloud does not want this worker: HTTP Error 401");
  });
});
