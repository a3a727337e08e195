import assert from "node:assert/strict";
import { Platform } from "@corbenic/sdk";
import { Given, Then, When } from "@cucumber/cucumber";
import { action } from "./action.ts";
import { makeToken } from "./job-tokens.ts";
import type { Stage } from "./world.ts";

async function register(stage: Stage, name: string): Promise<Platform> {
  const platform = new Platform({ name: `sim:${name}-${stage.mark}` });
  await platform.register(stage.context);
  stage.platforms.set(name, platform);
  stage.undo.push(async () => {
    if (platform.platformId !== null) await platform.delete(stage.context);
  });
  return platform;
}

Given("the platform {string}", async function (this: Stage, name: string) {
  await register(this, name);
});

Given("the platform {string} with a worker", async function (this: Stage, name: string) {
  await register(this, name);
});

action("the administrator registers/register the platform {string}", (stage: Stage, name: string) =>
  register(stage, name),
);

When("the administrator registers the platform {string} again", async function (this: Stage, name: string) {
  const { name: registered, platformId } = this.platform(name);
  this.told = platformId;
  const again = new Platform({ name: registered });
  await again.register(this.context);
  this.platforms.set(name, again);
});

Then("it is the same platform {string}", function (this: Stage, name: string) {
  assert.equal(this.platform(name).platformId, this.told);
});

action(
  "the administrator adds/add the command {string} to the platform {string}",
  async (stage: Stage, command: string, name: string) => {
    const platform = stage.platform(name);
    const commands = [...platform.specs.available_commands, command];
    await platform.update(stage.context, { specs: { ...platform.specs, available_commands: commands } });
  },
);

action("the administrator deletes/delete the platform {string}", (stage: Stage, name: string) =>
  stage.platform(name).delete(stage.context),
);

Then("the platform {string} has an id", function (this: Stage, name: string) {
  assert.match(this.platform(name).platformId ?? "", /^[0-9a-f-]{36}$/);
});

async function isListed(stage: Stage, name: string): Promise<boolean> {
  const wanted = stage.platform(name).name;
  return (await Platform.listAll(stage.context)).some((platform) => platform.name === wanted);
}

Then("the platform {string} is in the list of all platforms", async function (this: Stage, name: string) {
  assert.ok(await isListed(this, name));
});

Then("the platform {string} is not in the list of all platforms", async function (this: Stage, name: string) {
  assert.ok(!(await isListed(this, name)));
});

Then(
  "the platform {string} is read back with the command {string}",
  async function (this: Stage, name: string, command: string) {
    const platform = new Platform({ platformId: this.platform(name).platformId });
    await platform.read(this.context);
    assert.ok(platform.specs.available_commands.includes(command));
  },
);

Given("nobody speaks for platforms", () => {
  Platform.ADMIN = null;
});

Given("{string} speaks for platforms", function (this: Stage, name: string) {
  Platform.ADMIN = this.user(name);
});

action("somebody makes/make a platform", () => {
  new Platform();
});

Then("two new platforms have different workers", () => {
  assert.notEqual(new Platform().workerId, new Platform().workerId);
});

Given("{string} may use {string}", function (this: Stage, user: string, platform: string) {
  return this.platform(platform).assignUser(this.context, this.user(user));
});

Given("{string} may use the simulator", async function (this: Stage, name: string) {
  const simulator = (await Platform.listAll(this.context)).find(
    ({ name }) => name === this.parameters.simulator,
  );
  assert.ok(
    simulator,
    `The deployment has no platform ${this.parameters.simulator}: name another with --simulator.`,
  );
  await simulator.assignUser(this.context, this.user(name));
});

Given(
  "the user {string} of priority {int} may use {string}",
  async function (this: Stage, name: string, priority: number, platform: string) {
    const user = await this.addUser(name, { priority });
    await user.log(this.context);
    await makeToken(this, name);
    await this.platform(platform).assignUser(this.context, user);
  },
);

When(
  "the administrator creates the user {string} who may use {string}",
  async function (this: Stage, name: string, platform: string) {
    await this.addUser(name, { platformIds: [this.platform(platform).platformId!] });
  },
);

action("{string} lets/let themselves use {string}", async (stage: Stage, name: string, platform: string) => {
  const user = stage.user(name);
  user.isAdmin = true;
  try {
    Platform.ADMIN = user;
    const { platformId } = stage.platform(platform);
    await new Platform({ platformId }).assignUser(stage.context, user);
  } finally {
    Platform.ADMIN = stage.admin;
    user.isAdmin = false;
  }
});

action("{string} reads/read the platform {string}", async (stage: Stage, name: string, platform: string) => {
  stage.told = await Platform.open(stage.context, stage.user(name), stage.platform(platform).name);
});

Then("the platform tells {string} its commands", function (this: Stage, _name: string) {
  assert.deepEqual((this.told as Platform).specs.available_commands, ["probs"]);
});
