import assert from "node:assert/strict";
import { Job, type JobFailedError, type JobProperties, type SubmitOptions } from "@corbenic/sdk";
import { Then, When } from "@cucumber/cucumber";
import { action } from "./action.ts";
import type { Stage } from "./world.ts";

/** Submits a job, remembers it by its name, and sees to it that it does not run on after the scenario. */
export async function submit(
  stage: Stage,
  user: string,
  name: string,
  platform: string,
  properties: JobProperties = {},
  options: SubmitOptions = {},
): Promise<Job> {
  const job = new Job({
    platformName: stage.platforms.get(platform)?.name ?? platform,
    jobName: name,
    ...properties,
  });
  await job.create(stage.context, stage.user(user), {}, options);
  remember(stage, name, job);
  return job;
}

export function remember(stage: Stage, name: string, job: Job): void {
  stage.jobs.set(name, job);
  stage.undo.push(() => Job.cancelMany(stage.context, [job], stage.admin));
}

action("{string} submits/submit/submitted the job {string} to {string}", submit);

action("{string} submits/submit a job to {string}", (stage: Stage, user: string, platform: string) =>
  submit(stage, user, "a job", platform),
);

action("{string} submits/submit a job to a platform that does not exist", (stage: Stage, user: string) =>
  submit(stage, user, "a job", `sim:none-${stage.mark}`),
);

When(
  "{string} submits the jobs {string} to {string}",
  async function (this: Stage, user: string, list: string, platform: string) {
    for (const name of list.split(", ")) await submit(this, user, name, platform);
  },
);

When(
  "{string} submits the job {string} to {string} with the login token",
  async function (this: Stage, user: string, name: string, platform: string) {
    const account = this.user(user);
    account.jobTokens = [];
    await submit(this, user, name, platform);
  },
);

action(
  "{string} submits/submit a job to {string} with the deleted token",
  (stage: Stage, user: string, platform: string) => submit(stage, user, "a job", platform),
);

action(
  "{string} submits/submit/submitted a job to {string} with the idempotency key {string}",
  (stage: Stage, user: string, platform: string, key: string) =>
    submit(stage, user, "a job", platform, {}, { idempotencyKey: `${key}-${stage.mark}` }),
);

action(
  "{string} submits/submit another job to {string} with the idempotency key {string}",
  (stage: Stage, user: string, platform: string, key: string) =>
    submit(stage, user, "another job", platform, {}, { idempotencyKey: `${key}-${stage.mark}` }),
);

When(
  "{string} submits one job to {string} twice with the same idempotency key",
  async function (this: Stage, user: string, platform: string) {
    const once = { processId: crypto.randomUUID(), jobName: "once" };
    for (const name of ["first", "second"]) {
      await submit(this, user, name, platform, once, { idempotencyKey: this.mark });
    }
  },
);

Then("both have the same id", function (this: Stage) {
  assert.equal(this.job("first").jobId, this.job("second").jobId);
});

action("{string} creates/create the job {string} again", (stage: Stage, user: string, name: string) =>
  stage.job(name).create(stage.context, stage.user(user)),
);

Then("the job {string} has an id", function (this: Stage, name: string) {
  assert.match(this.job(name).jobId, /^[0-9a-f-]{36}$/);
});

Then("the job {string} is {word}", async function (this: Stage, name: string, state: string) {
  assert.equal((await this.job(name).getStatus(this.context, this.admin)).status, state);
});

Then(
  "the job {string} is {word}, because {string}",
  async function (this: Stage, name: string, state: string, why: string) {
    const { status, status_message } = await this.job(name).getStatus(this.context, this.admin);
    assert.deepEqual([status, status_message], [state, why]);
  },
);

Then(
  "{string} sees the progress {float} of the job {string}",
  async function (this: Stage, user: string, progress: number, name: string) {
    assert.equal((await this.job(name).getStatus(this.context, this.user(user))).progress, progress);
  },
);

Then(
  "{string} reads back the name and the platform of the job {string}",
  async function (this: Stage, user: string, name: string) {
    const { jobId, jobName, platformName } = this.job(name);
    const again = await Job.open(this.context, this.user(user), jobId);
    assert.deepEqual([again.jobName, again.platformName], [jobName, platformName]);
  },
);

action("{string} reads/read the job {string}", async (stage: Stage, user: string, name: string) => {
  await Job.open(stage.context, stage.user(user), stage.job(name).jobId);
});

action("{string} reads/read a job that does not exist", async (stage: Stage, user: string) => {
  await Job.open(stage.context, stage.user(user), crypto.randomUUID());
});

action(
  "{string} reads/read the results of the job {string}",
  async (stage: Stage, user: string, name: string) => {
    await stage.job(name).getResults(stage.context, stage.user(user));
  },
);

Then(
  "{string} reads the result of the job {string}: two photons in one mode or in the other",
  async function (this: Stage, user: string, name: string) {
    const job = await Job.open(this.context, this.user(user), this.job(name).jobId);
    const { distribution } = await job.results();
    assert.deepEqual(
      distribution.ranked().map(({ state, value }) => [state, value]),
      [
        [[0, 2], 0.5],
        [[2, 0], 0.5],
      ],
    );
  },
);

When("{string} waits for the job {string}", async function (this: Stage, user: string, name: string) {
  const job = await Job.open(this.context, this.user(user), this.job(name).jobId);
  this.told = await job.wait().catch((error: unknown) => error);
});

Then("waiting ends with a reason that speaks of {string}", function (this: Stage, word: string) {
  const { name, message } = this.told as JobFailedError;
  assert.equal(name, "JobFailedError");
  assert.ok(message.includes(word), message);
});

Then("waiting ends with the reason {string}", function (this: Stage, reason: string) {
  const { name, message } = this.told as JobFailedError;
  assert.equal(name, "JobFailedError");
  assert.ok(message.endsWith(reason), message);
});

action(
  "{string} cancels/cancel/canceled the job {string}",
  async (stage: Stage, user: string, name: string) => {
    await stage.job(name).cancel(stage.context, stage.user(user));
  },
);

action("{actor} cancels/cancel the jobs {string}", (stage: Stage, actor: string, list: string) =>
  Job.cancelMany(
    stage.context,
    list.split(", ").map((name) => stage.job(name)),
    stage.who(actor),
  ),
);

When(
  "{string} runs the job {string} again as {string}",
  async function (this: Stage, user: string, name: string, as: string) {
    remember(this, as, await this.job(name).rerun(this.context, this.user(user)));
  },
);

action("{string} runs/run the job {string} again", async (stage: Stage, user: string, name: string) => {
  await stage.job(name).rerun(stage.context, stage.user(user));
});

action("{actor} lists/list all jobs", async (stage: Stage, actor: string) => {
  await Job.listAll(stage.context, stage.who(actor));
});

Then("the job {string} is in the list of all jobs", async function (this: Stage, name: string) {
  const { jobId } = this.job(name);
  assert.ok((await Job.listAll(this.context, this.admin)).some((job) => job.jobId === jobId));
});
