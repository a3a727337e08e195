import assert from "node:assert/strict";
import {
  Api,
  type CloudError,
  circuit,
  encodePayload,
  experiment,
  formula,
  Job,
  type JobProperties,
  type Parameter,
  type Payload,
  phaseShifter,
  photonicJob,
} from "@corbenic/sdk";
import { endpoint, getHealth } from "@corbenic/sdk/endpoints";
import { Then } from "@cucumber/cucumber";
import { action } from "./action.ts";
import { submit } from "./jobs.ts";
import type { Stage } from "./world.ts";

Then("it is refused", function (this: Stage) {
  assert.equal(this.refusal.name, "CloudError", this.refusal.message);
});

Then("it is refused as {string}", function (this: Stage, code: string) {
  assert.equal(this.refusal.code, code, this.refusal.message);
});

Then("it is refused with status {int}", function (this: Stage, status: number) {
  assert.equal(this.refusal.status, status, this.refusal.message);
});

Then("the objects refuse it before anything is asked", function (this: Stage) {
  assert.equal(this.refusal.name, "AssertionError", this.refusal.message);
});

Then("the refusal says what to do", function (this: Stage) {
  assert.match(this.refusal.remedy, /^[A-Z].*\.$/);
  assert.notEqual(this.refusal.message, "");
});

Then("the refusal has a request id", function (this: Stage) {
  assert.match(this.refusal.requestId ?? "", /^[0-9a-f-]{36}$/);
});

Then("the refusal names the place in the payload", function (this: Stage) {
  assert.match(JSON.stringify(this.refusal.detail), /"path":"payload/);
});

function lastTwo(stage: Stage): [CloudError, CloudError] {
  const [first, second] = stage.refusals.slice(-2) as CloudError[];
  assert.ok(first && second, "two refusals are compared");
  return [first, second];
}

Then("both refusals have the same code", function (this: Stage) {
  const [first, second] = lastTwo(this);
  assert.equal(first.code, second.code);
});

Then("both refusals are the same", function (this: Stage) {
  const [first, second] = lastTwo(this).map(({ code, status, message, remedy }) => ({
    code,
    status,
    message,
    remedy,
  }));
  assert.deepEqual(first, second);
});

/** A phase whose formula is a program: workers that are made with Python would run it. */
function hostilePayload(): Payload {
  const phase = phaseShifter({ ...formula("a + 1"), text: "__import__('os').getpid()" } as Parameter);
  return encodePayload(photonicJob("probs", experiment(circuit(2).add(0, phase), { input: [1, 1] })));
}

/** What can be wrong with a job. */
const faults: Record<string, JobProperties> = {
  "a circuit that cannot be read": { payload: { ...Job.DEFAULT_PAYLOAD, circuit: ":PCVL:ACircuit:AAAA" } },
  "an input that is no state": { payload: { ...Job.DEFAULT_PAYLOAD, input_state: ":PCVL:BasicState:|1,x>" } },
  "an input with a mode too many": {
    payload: { ...Job.DEFAULT_PAYLOAD, input_state: ":PCVL:BasicState:|1,1,0>" },
  },
  "no circuit at all": { payload: { command: "probs" } },
  "a command that the platform lacks": { payload: { ...Job.DEFAULT_PAYLOAD, command: "samples" } },
  "a formula that would run on a worker": { payload: hostilePayload() },
  "a name with a line break": { jobName: "two\nlines" },
};

action(
  "{string} submits/submit a job to {string} with a negative duration",
  async (stage: Stage, user: string, platform: string) => {
    const job = new Job({ platformName: stage.platform(platform).name });
    await job.create(stage.context, stage.user(user), { max_duration: -1 });
  },
);

for (const [fault, properties] of Object.entries(faults)) {
  action(
    `{string} submits/submit a job to {string} with ${fault}`,
    (stage: Stage, user: string, platform: string) => submit(stage, user, "a job", platform, properties),
  );
}

action("somebody asks/ask for an operation that does not exist", async (stage: Stage) => {
  const nowhere = endpoint({ ...getHealth, path: "/api/teleport" });
  await new Api(stage.context, "/api").call(nowhere, undefined, {});
});
