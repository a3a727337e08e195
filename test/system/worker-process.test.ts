import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { hongOuMandel, type Job } from "@corbenic/sdk";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type LabCloud, startLabCloud } from "./lab-cloud.ts";

const main = resolve(import.meta.dirname, "../../cli/src/main.ts");

/** Two photons, measured so often that it takes far longer than these tests. */
const endless = { ...hongOuMandel, command: "sample_count", max_shots: 5e10 } as const;

describe("corbenic worker, alone with an address and a key", () => {
  let lab: LabCloud;
  const folder = mkdtempSync(join(tmpdir(), "corbenic-worker-"));
  const workers: ChildProcess[] = [];
  beforeAll(async () => {
    const specs = { available_commands: ["probs", "sample_count"] };
    lab = await startLabCloud(
      { name: "sim:far", type: "simulator", specs },
      { leaseMs: 1_500, reaperMs: 100, retryDelayMs: 1 },
    );
  });
  afterEach(async () => {
    for (const worker of workers.splice(0)) {
      if (worker.exitCode !== null || worker.signalCode !== null) continue;
      worker.kill("SIGKILL");
      await once(worker, "exit");
    }
  });
  afterAll(async () => {
    await lab.stop();
    rmSync(folder, { recursive: true });
  });

  function startWorker(...args: string[]): ChildProcess {
    const given = ["worker", "--spool", join(folder, "spool"), "--log-level", "error", ...args];
    const worker = spawn(process.execPath, [main, ...given], {
      cwd: folder,
      env: { ...process.env, CORBENIC_URL: lab.url, CORBENIC_WORKER_KEY: lab.workerKey },
      stdio: ["ignore", "pipe", "pipe"],
    });
    workers.push(worker);
    return worker;
  }

  /** Polls until the job is in the state: the cloud has no other way to tell. */
  async function until(job: Job, state: string): Promise<void> {
    for (;;) {
      const { status } = await job.getStatus();
      if (status === state) return;
      await new Promise((resolvePause) => setTimeout(resolvePause, 20));
    }
  }

  test("runs jobs", async () => {
    startWorker();
    const { distribution } = await (await lab.submit(hongOuMandel)).wait();
    expect(distribution.get("|2,0>")).toBeCloseTo(0.5, 12);
  });

  test("that is killed leaves its job to the next one", async () => {
    const first = startWorker();
    const job = await lab.submit(endless);
    await until(job, "running");
    first.kill("SIGKILL");
    await once(first, "exit");
    await until(job, "waiting");
    startWorker();
    await until(job, "running");
    await job.cancel();
    await until(job, "canceled");
  });

  test("that is asked to stop hands back what it cannot finish, and ends well", async () => {
    const worker = startWorker("--grace", "1");
    const job = await lab.submit(endless);
    await until(job, "running");
    worker.kill("SIGTERM");
    const [code] = await once(worker, "exit");
    expect(code).toBe(0);
    expect((await job.getStatus()).status).toBe("waiting");
    await job.cancel();
  });

  test("says in one sentence that its key is not valid", async () => {
    const worker = startWorker("--key", "cbn_w_nonsense");
    let said = "";
    worker.stderr?.on("data", (chunk) => {
      said += chunk;
    });
    const [code] = await once(worker, "close");
    expect(code).toBe(4);
    expect(said).toContain("The token is not valid");
  });
});
