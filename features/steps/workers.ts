import assert from "node:assert/strict";
import { ApiKey, CloudError, type Job, type Lease, TokenType } from "@corbenic/sdk";
import { Then, When } from "@cucumber/cucumber";
import { action } from "./action.ts";
import { submit } from "./jobs.ts";
import type { Stage } from "./world.ts";

async function fetch(stage: Stage, platform: string): Promise<Job> {
  const job = await stage.platform(platform).fetchJob(stage.context);
  stage.fetched = job;
  stage.undo.push(() => letGo(job.lease!));
  return job;
}

/** Ends what a scenario has left running; most have ended it, and then the lease is lost. */
async function letGo(lease: Lease): Promise<void> {
  await lease.fail("The scenario is over.").catch((error: unknown) => {
    const over =
      error instanceof CloudError && ["lease_lost", "result_conflict", "job_not_found"].includes(error.code);
    if (!over) throw error;
  });
}

/** The lease of the job that was fetched last. */
function leaseOf(stage: Stage): Lease {
  const lease = stage.fetched?.lease;
  assert.ok(lease, "no job was fetched");
  return lease;
}

action("the worker of {string} fetches/fetch/fetched a job", fetch);

When(
  "the worker of {string} waits for a job while {string} submits the job {string} to {string}",
  async function (this: Stage, platform: string, user: string, job: string, target: string) {
    const waiting = this.platform(platform).fetchJob(this.context, { waitS: 20 });
    await submit(this, user, job, target);
    const fetched = await waiting;
    this.fetched = fetched;
    this.undo.push(() => letGo(fetched.lease!));
  },
);

Then("it is the job {string}, with its payload", function (this: Stage, name: string) {
  assert.equal(this.fetched?.jobId, this.job(name).jobId);
  assert.deepEqual(this.fetched?.payload, this.job(name).payload);
});

Then("the worker of {string} finds nothing to fetch", async function (this: Stage, platform: string) {
  await assert.rejects(fetch(this, platform), { code: "no_job_waiting" });
});

/** Fetches as many jobs, runs each, and gives their names in the order in which they came. */
async function fetchNames(stage: Stage, platform: string, count: number): Promise<string[]> {
  const names = new Map([...stage.jobs].map(([name, { jobId }]) => [jobId, name]));
  const fetched: string[] = [];
  for (let i = 0; i < count; i++) {
    const job = await fetch(stage, platform);
    fetched.push(names.get(job.jobId) ?? job.jobId);
    await leaseOf(stage).fail("enough");
  }
  return fetched;
}

Then(
  "the worker of {string} fetches the jobs {string}",
  async function (this: Stage, platform: string, list: string) {
    const wanted = list.split(", ");
    assert.deepEqual(await fetchNames(this, platform, wanted.length), wanted);
  },
);

Then(
  "the job {string} is among the first {int} that the worker of {string} fetches",
  async function (this: Stage, name: string, count: number, platform: string) {
    const fetched = await fetchNames(this, platform, count);
    assert.ok(fetched.includes(name), `fetched were ${fetched.join(", ")}`);
  },
);

action(
  "the worker of {string} reports/report the progress {float}",
  async (stage: Stage, _name: string, progress: number) => {
    stage.told = await leaseOf(stage).renew({ progress });
  },
);

Then("the worker of {string} is told to stop", async function (this: Stage, _name: string) {
  assert.deepEqual(await leaseOf(this).renew(), { cancel: true });
});

action(
  "the worker of {string} fails/fail/failed with {string}",
  (stage: Stage, _name: string, reason: string) => leaseOf(stage).fail(reason),
);

action("the worker of {string} hands/hand the job back", (stage: Stage) => leaseOf(stage).release());

/** What Hong-Ou-Mandel's experiment gives: the photons leave together. */
const bunched = new Map([
  ["|2,0>", 0.5],
  ["|0,2>", 0.5],
]);

action("the worker of {string} finishes/finish the job", (stage: Stage) => leaseOf(stage).complete(bunched));

action(
  "the worker of {string} finishes/finish/finished the job with Hong-Ou-Mandel's result",
  (stage: Stage) => leaseOf(stage).complete(bunched),
);

action(
  "the worker of {string} finishes/finish the job with {string}",
  (stage: Stage, _name: string, text: string) => leaseOf(stage).complete(text),
);

action("{string} fetches/fetch a job of {string}", async (stage: Stage, name: string, platform: string) => {
  const worker = stage.platform(platform);
  const { apiKey } = worker;
  try {
    worker.apiKey = new ApiKey({ apiKey: stage.user(name).getToken(TokenType.Job) });
    await worker.fetchJob(stage.context);
  } finally {
    worker.apiKey = apiKey;
  }
});

When(
  "{string} watches the job {string} while the worker of {string} runs it",
  async function (this: Stage, _user: string, name: string, platform: string) {
    for await (const status of this.job(name).watch()) {
      this.seen.push(status);
      if (status.status === "waiting") await fetch(this, platform);
      if (status.status === "running") await leaseOf(this).complete(bunched);
    }
  },
);

Then("{string} saw it waiting, running and completed, in this order", function (this: Stage, _user: string) {
  assert.deepEqual(
    this.seen.map(({ status }) => status),
    ["waiting", "running", "completed"],
  );
});
