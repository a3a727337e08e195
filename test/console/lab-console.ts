import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CallTarget, call, grantPermission, listUsers, logIn } from "@corbenic/protocol";
import { CloudContext, Job, User } from "@corbenic/sdk";
import type { Page } from "playwright-core";
import { type RunningCloud, startCloud } from "../system/running-cloud.ts";
import { complaintsOf, launchBrowser, signIn } from "./browser.ts";
import type { Payload } from "./experiments.ts";
import { fillLabQueue, registerLab } from "./screenshots/lab-queue.ts";

/** The console of a cloud in processes of its own, with a laboratory's processor and jobs of every kind in its queue. */
export interface LabConsole {
  readonly page: Page;
  /** What the browser complained of; tests take out what they expect. */
  readonly complaints: string[];
  readonly ready: RunningCloud["ready"];
  readonly admin: CallTarget;
  /** Calls with the administrator's job token. */
  readonly own: CallTarget;
  readonly platformId: string;
  readonly workerKey: string;
  readonly lab: Awaited<ReturnType<typeof fillLabQueue>>;
  /** Runs a job on the simulator, to its end. */
  run(jobName: string, payload: Payload): Promise<Job>;
  close(): Promise<void>;
}

export async function openLabConsole(): Promise<LabConsole> {
  const parent = mkdtempSync(join(tmpdir(), "corbenic-flows-"));
  const cloud = await startCloud(join(parent, "data"));
  const { ready } = cloud;
  const browser = await launchBrowser();
  const context = await browser.newContext({
    baseURL: ready.url,
    viewport: { width: 1280, height: 900 },
    reducedMotion: "reduce",
  });
  const complaints = complaintsOf(context);
  const page = await context.newPage();
  await signIn(page, ready.admin!);
  const baseUrl = ready.url;
  const own = { baseUrl, token: ready.job_token };
  const admin = { baseUrl, token: (await call(logIn, { baseUrl }, { body: ready.admin! })).token };
  const queue = await registerLab(admin);
  const { platformId, workerKey } = queue;
  const { users } = await call(listUsers, admin, { query: {} });
  await call(grantPermission, admin, { body: { user_id: users[0]!.user_id, platform_id: platformId } });
  return {
    page,
    complaints,
    ready,
    admin,
    own,
    platformId,
    workerKey,
    lab: await fillLabQueue(baseUrl, queue, [own]),
    async run(jobName, payload) {
      const job = new Job({ platformName: "sim:slos", jobName, payload });
      await job.create(new CloudContext(ready.url), User.withJobToken(ready.job_token));
      await job.wait();
      return job;
    },
    async close() {
      await browser.close();
      cloud.kill("SIGTERM");
      await cloud.ended;
      rmSync(parent, { recursive: true, force: true });
    },
  };
}
