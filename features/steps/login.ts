import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { CloudContext, Platform, readHealth, type TokenType, User } from "@corbenic/sdk";
import { Given, Then, When } from "@cucumber/cucumber";
import { action } from "./action.ts";
import type { Stage } from "./world.ts";

Given("the user {string} who has logged in", async function (this: Stage, name: string) {
  await (await this.addUser(name)).log(this.context);
});

Given("{string} has logged in", function (this: Stage, name: string) {
  return this.user(name).log(this.context);
});

action("{string} logs/log in", (stage: Stage, name: string) => stage.user(name).log(stage.context));

Then("{string} can log in", function (this: Stage, name: string) {
  return this.user(name).log(this.context);
});

action("{string} logs/log in with a wrong password", async (stage: Stage, name: string) => {
  const { email, userId } = stage.user(name);
  await new User({ email, userId, password: "not the right password" }).log(stage.context);
});

action("somebody unknown logs/log in", async (stage: Stage) => {
  const email = `nobody.${stage.mark}@corbenic.example`;
  await new User({ email, userId: 0, password: "not the right password" }).log(stage.context);
});

When("{string} logs in again", async function (this: Stage, name: string) {
  const user = this.user(name);
  this.told = user.loginToken.token;
  await user.log(this.context);
});

Then("{string} has a login token", function (this: Stage, name: string) {
  assert.ok(this.user(name).loginToken.token);
});

Then(
  "both login tokens of {string} are different, and both work",
  async function (this: Stage, name: string) {
    const user = this.user(name);
    const [first, second] = [this.told as string, user.loginToken.token];
    assert.notEqual(first, second);
    await user.read(this.context);
    user.loginToken.token = first;
    await user.read(this.context);
  },
);

Then("{string} can no longer do anything with the login token", async function (this: Stage, name: string) {
  const { loginToken } = this.user(name);
  const ghost = new User({ userId: 1 });
  ghost.loginToken = loginToken;
  await assert.rejects(ghost.read(this.context), { code: "not_authenticated" });
});

action("somebody with no token reads/read the platform {string}", async (stage: Stage, name: string) => {
  // An empty secret is sent as none would be: the cloud sees no credential.
  const nobody = User.withJobToken(" ");
  await Platform.open(stage.context, nobody, name);
});

action(
  "somebody with a made-up token reads/read the platform {string}",
  async (stage: Stage, name: string) => {
    await Platform.open(stage.context, User.withJobToken("cbn_j_made-up"), name);
  },
);

When("a token of an unknown kind is asked of {string}", function (this: Stage, name: string) {
  try {
    this.user(name).getToken(7 as TokenType);
  } catch (error) {
    this.refusals.push(error as Error);
  }
});

Then("it is not implemented", function (this: Stage) {
  assert.equal(this.refusal.name, "NotImplementedError");
});

action("somebody asks/ask a cloud that is not there", async () => {
  // A port that was free a moment ago.
  const listener = createServer().listen(0, "127.0.0.1");
  await once(listener, "listening");
  const { port } = listener.address() as AddressInfo;
  listener.close();
  await once(listener, "close");
  await readHealth(new CloudContext(`http://127.0.0.1:${port}`));
});
