import assert from "node:assert/strict";
import { User } from "@corbenic/sdk";
import { Given, Then } from "@cucumber/cucumber";
import { action } from "./action.ts";
import type { Stage } from "./world.ts";

Given("the user {string}", async function (this: Stage, name: string) {
  await this.addUser(name);
});

Given("the data of {string} are generated", function (this: Stage, name: string) {
  this.imagine(name);
});

action("{actor} creates/create the user {string}", async (stage: Stage, actor: string, name: string) => {
  await stage.createUser(stage.users.get(name) ?? stage.imagine(name), stage.who(actor));
});

action(
  "{actor} creates/create the user {string} with the {word} {string}",
  async (stage: Stage, actor: string, name: string, field: "password" | "email", value: string) => {
    const user = stage.imagine(name);
    user[field] = value;
    await stage.createUser(user, stage.who(actor));
  },
);

action(
  "{actor} creates/create the administrator {string}",
  async (stage: Stage, actor: string, name: string) => {
    const user = stage.imagine(name);
    user.isAdmin = true;
    await stage.createUser(user, stage.who(actor));
  },
);

async function createTwin(stage: Stage, actor: string, name: string, change: (email: string) => string) {
  const { email } = stage.user(name);
  const twin = stage.imagine(`${name}'s twin`);
  twin.email = change(email);
  await stage.createUser(twin, stage.who(actor));
}

action(
  "{actor} creates/create another user with the email of {string}",
  (stage: Stage, actor: string, name: string) => createTwin(stage, actor, name, (email) => email),
);

action(
  "{actor} creates/create another user with the email of {string} in capitals",
  (stage: Stage, actor: string, name: string) =>
    createTwin(stage, actor, name, (email) => email.toUpperCase()),
);

Then(
  "the administrator can create another user with the email of {string}",
  function (this: Stage, name: string) {
    return createTwin(this, "the administrator", name, (email) => email);
  },
);

action("{actor} reads/read the user {string}", async (stage: Stage, actor: string, name: string) => {
  await stage.user(name).read(stage.context, stage.who(actor));
});

action("{actor} reads/read their own account", async (stage: Stage, actor: string) => {
  stage.told = await stage.who(actor).read(stage.context);
});

Then("the answer is about {string}", function (this: Stage, name: string) {
  assert.equal((this.told as Record<string, unknown>)[User.EMAIL_KEY], this.user(name).email);
});

action(
  "{actor} changes/change the last name of {string} to {string}",
  async (stage: Stage, actor: string, name: string, lastName: string) => {
    await stage.user(name).update(stage.context, stage.who(actor), { [User.LAST_NAME_KEY]: lastName });
  },
);

action(
  "{actor} changes/change the priority of {string} to {int}",
  async (stage: Stage, actor: string, name: string, priority: number) => {
    await stage.user(name).update(stage.context, stage.who(actor), { [User.PRIORITY_KEY]: priority });
  },
);

action("{actor} deletes/delete the user {string}", async (stage: Stage, actor: string, name: string) => {
  await stage.user(name).delete(stage.context, stage.who(actor));
});

action("{actor} deletes/delete their own account", async (stage: Stage, actor: string) => {
  await stage.who(actor).delete(stage.context, stage.who(actor));
});

action("{actor} lists/list all users", async (stage: Stage, actor: string) => {
  await User.listAll(stage.context, stage.who(actor));
});

Then("the user {string} has an id", function (this: Stage, name: string) {
  assert.ok(this.user(name).userId > 0);
});

Then("the user {string} is no administrator", function (this: Stage, name: string) {
  assert.equal(this.user(name).isAdmin, false);
});

Then("the user {string} has priority {int}", function (this: Stage, name: string, priority: number) {
  assert.equal(this.user(name).priority, priority);
});

Then("the user {string} has no platforms", function (this: Stage, name: string) {
  assert.deepEqual(this.user(name).platformIds, []);
});

/** What the cloud knows of a user, seen by the administrator with a fresh object. */
async function readAgain(stage: Stage, name: string): Promise<User> {
  const user = new User({ userId: stage.user(name).userId });
  await user.read(stage.context, stage.admin);
  return user;
}

Then(
  "{string} is read back with the last name {string}",
  async function (this: Stage, name: string, last: string) {
    assert.equal((await readAgain(this, name)).lastName, last);
  },
);

Then(
  "{string} is read back with the last name she was made with",
  async function (this: Stage, name: string) {
    assert.equal((await readAgain(this, name)).lastName, `Tester ${this.mark}`);
  },
);

Then(
  "{string} is read back with the priority {int}",
  async function (this: Stage, name: string, priority: number) {
    assert.equal((await readAgain(this, name)).priority, priority);
  },
);

async function isListed(stage: Stage, name: string): Promise<boolean> {
  const { email } = stage.user(name);
  return (await User.listAll(stage.context, stage.admin)).some((user) => user.email === email);
}

Then("the user {string} is in the list of all users", async function (this: Stage, name: string) {
  assert.ok(await isListed(this, name));
});

Then("the user {string} is not in the list of all users", async function (this: Stage, name: string) {
  assert.ok(!(await isListed(this, name)));
});

Then("the email of {string} is made of the first and last names", function (this: Stage, name: string) {
  assert.match(this.user(name).email, new RegExp(`^${name.toLowerCase()}\\.tester-${this.mark}@`));
});

Then(
  "the password of {string} has at least {int} characters, of every kind",
  function (this: Stage, name: string, least: number) {
    const { password } = this.user(name);
    assert.ok(password.length >= least);
    for (const kind of [/[A-Z]/, /[a-z]/, /[0-9]/, /[^A-Za-z0-9]/]) assert.match(password, kind);
  },
);
