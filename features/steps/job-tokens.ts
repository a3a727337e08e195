import assert from "node:assert/strict";
import { JobToken, type JobTokenProperties, User } from "@corbenic/sdk";
import { Given, Then, When } from "@cucumber/cucumber";
import { action } from "./action.ts";
import type { Stage } from "./world.ts";

/** Makes a job token, and removes it after the scenario, whoever is left then. */
export async function makeToken(
  stage: Stage,
  name: string,
  properties: JobTokenProperties = {},
): Promise<void> {
  const user = stage.user(name);
  await user.createJobToken(stage.context, properties);
  const token = tokenOf(stage, name);
  stage.undo.push(async () => {
    if (token.tokenId !== -1) await token.delete(stage.context, stage.admin);
  });
}

/** The job token that a user made last. */
function tokenOf(stage: Stage, name: string): JobToken {
  const token = stage.user(name).jobTokens.at(-1);
  assert.ok(token, `${name} has no job token`);
  return token;
}

Given("the user {string} with a job token", async function (this: Stage, name: string) {
  await (await this.addUser(name)).log(this.context);
  await makeToken(this, name);
});

Given("{string} has a job token", function (this: Stage, name: string) {
  return makeToken(this, name);
});

action("{string} makes/make a job token", (stage: Stage, name: string) => makeToken(stage, name));

action(
  "{string} makes/make a job token for {int} second(s)",
  (stage: Stage, name: string, duration: number) => makeToken(stage, name, { duration }),
);

action(
  "{string} makes/make a job token with the label {string}",
  (stage: Stage, name: string, label: string) => makeToken(stage, name, { label }),
);

action(
  "{string} makes/make a job token with nothing but the job token",
  async (stage: Stage, name: string) => {
    const program = new User({ userId: stage.user(name).userId });
    program.loginToken.token = tokenOf(stage, name).token;
    await program.createJobToken(stage.context);
  },
);

When("that second has passed", async function (this: Stage) {
  await this.context.clock.sleep(1_100);
});

Then(
  "the job token of {string} has an id, a secret and the owner {string}",
  function (this: Stage, name: string, owner: string) {
    const { tokenId, token, userId } = tokenOf(this, name);
    assert.ok(tokenId > 0);
    assert.match(token, /^cbn_j_/);
    assert.equal(userId, this.user(owner).userId);
  },
);

Then(
  "the job token of {string} is read back with the label {string}",
  async function (this: Stage, name: string, label: string) {
    const token = new JobToken({ tokenId: tokenOf(this, name).tokenId });
    await token.read(this.context, this.user(name));
    assert.equal(token.label, label);
  },
);

Then(
  "the job token of {string} expires within {int} seconds",
  async function (this: Stage, name: string, seconds: number) {
    const { expiration_date } = await tokenOf(this, name).read(this.context, this.user(name));
    const leftS = (Date.parse(expiration_date ?? "") - Date.now()) / 1_000;
    // Clocks of a tester and of a deployment may differ by some seconds.
    assert.ok(leftS > seconds - 120 && leftS < seconds + 60, `it expires in ${leftS} s`);
  },
);

Then(
  "the secret is in no answer when {string} reads the job token",
  async function (this: Stage, name: string) {
    const token = tokenOf(this, name);
    const answer = await token.read(this.context, this.user(name));
    assert.ok(!JSON.stringify(answer).includes(token.token));
  },
);

action("{string} deletes/delete the job token", (stage: Stage, name: string) =>
  tokenOf(stage, name).delete(stage.context, stage.user(name)),
);

action("{string} deletes/delete a job token that was never created", (stage: Stage, name: string) =>
  new JobToken().delete(stage.context, stage.user(name)),
);

action("{actor} lists/list all job tokens", async (stage: Stage, actor: string) => {
  await JobToken.listAll(stage.context, stage.who(actor));
});

Then(
  "the job token of {string} is in the list of all job tokens, without its secret",
  async function (this: Stage, name: string) {
    const { tokenId } = tokenOf(this, name);
    const listed = (await JobToken.listAll(this.context, this.admin)).find(
      (token) => token.tokenId === tokenId,
    );
    assert.equal(listed?.userId, this.user(name).userId);
    assert.equal(listed?.token, "");
  },
);
