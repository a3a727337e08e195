import { spawn, spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { hongOuMandel } from "@corbenic/sdk";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type LabCloud, startLabCloud } from "./lab-cloud.ts";

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
    worker = spawn("python3", [resolve(import.meta.dirname, "../../examples/worker.py")], {
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
});
