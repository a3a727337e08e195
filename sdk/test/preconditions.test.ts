import { afterEach, describe, expect, test } from "vitest";
import {
  ApiKey,
  AssertionError,
  Job,
  JobToken,
  NotImplementedError,
  Platform,
  TokenType,
  User,
} from "../src/index.ts";
import { fakeCloud } from "./fake-cloud.ts";

const { context, asked } = fakeCloud([{}]);

function loggedIn(properties: ConstructorParameters<typeof User>[0] = {}): User {
  const user = new User({ userId: 7, ...properties });
  user.loginToken.token = "cbn_l_secret";
  return user;
}
const nobody = new User();
const user = loggedIn();
const admin = loggedIn({ isAdmin: true });
const token = new JobToken();

afterEach(() => {
  Platform.ADMIN = null;
});

describe("a violated precondition is told before anything is asked", () => {
  test.each<[string, () => unknown]>([
    ["a job token for a user without a login token", () => token.create(context, nobody)],
    [
      "reading a job token as a user without job tokens",
      () => new JobToken({ tokenId: 1 }).read(context, user),
    ],
    ["reading a job token that was not created", () => token.read(context, user)],
    ["deleting a job token that was not created", () => token.delete(context, user)],
    ["listing job tokens as a user", () => JobToken.listAll(context, user)],
    ["a worker key made by a user", () => new ApiKey().create(context, user)],
    ["a worker key made by nobody", () => new ApiKey().create(context)],
    ["creating an administrator", () => new User({ isAdmin: true }).create(context, admin)],
    ["reading a user who was not created", () => nobody.read(context)],
    ["changing a user who was not created", () => nobody.update(context, admin, { priority: 1 })],
    ["deleting a user who was not created", () => nobody.delete(context, admin)],
    ["deleting an administrator", () => admin.delete(context, admin)],
    ["logging in as a user who was not created", () => nobody.log(context)],
    ["a job token of a user who was not created", () => nobody.createJobToken(context)],
    ["a worker key of a user who was not created", () => nobody.createApiKey(context)],
    ["listing users as a user", () => User.listAll(context, user)],
    ["a platform that nobody speaks for", () => new Platform()],
    ["reading a platform that was not registered", () => new Platform({}, admin).read(context)],
    ["listing platforms for nobody", () => Platform.listAll(context)],
    ["canceling many jobs as a user", () => Job.cancelMany(context, [], user)],
    ["canceling jobs that were not created", () => Job.cancelMany(context, [new Job()], admin)],
    ["listing jobs as a user", () => Job.listAll(context, user)],
    ["reading a job that was not created", () => new Job().read(context, user)],
    ["creating a job twice", () => new Job({ jobId: "1" }).create(context, user)],
    ["a job of a user without a token", () => new Job().create(context, nobody)],
    ["a job on an unknown cloud", () => new Job({ jobId: "1" }).getStatus()],
    ["the login token of a user who has not logged in", () => nobody.getToken(TokenType.Login)],
    ["the job token of a user who has none", () => nobody.getToken(TokenType.Job)],
    ["the worker key of a user who has none", () => nobody.getToken(TokenType.API_Key)],
  ])("%s", async (_, act) => {
    await expect((async () => act())()).rejects.toThrow(AssertionError);
    await expect((async () => act())()).rejects.toMatchObject({ name: "AssertionError" });
    expect(asked).toEqual([]);
  });

  test("a platform for a user who is no administrator", () => {
    Platform.ADMIN = user;
    expect(() => new Platform()).toThrow(AssertionError);
    Platform.ADMIN = admin;
    expect(new Platform().name).toBe("");
  });
});

describe("tokens of a user", () => {
  test("are given by their type", () => {
    const owner = loggedIn();
    owner.jobTokens.push(new JobToken({ token: "cbn_j_first" }), new JobToken({ token: "cbn_j_last" }));
    owner.apiKey = new ApiKey({ apiKey: "cbn_w_secret" });
    expect(owner.getToken(TokenType.Login)).toBe("cbn_l_secret");
    expect(owner.getToken(TokenType.Job)).toBe("cbn_j_last");
    expect(owner.getToken(TokenType.API_Key)).toBe("cbn_w_secret");
    expect(owner.apiKey.token).toBe("cbn_w_secret");
  });

  test("of a type that does not exist are not implemented", () => {
    expect(() => user.getToken(3 as TokenType)).toThrow(NotImplementedError);
  });
});

describe("attributes that the classes do not know", () => {
  test("are set on the object", () => {
    expect(new User({ nickname: "Ada" } as object)).toHaveProperty("nickname", "Ada");
    expect(new Job({ note: 1 } as object)).toHaveProperty("note", 1);
  });
});
