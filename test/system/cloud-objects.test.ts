import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decodePayload, encodeResult } from "@corbenic/photonics/perceval";
import { simulate } from "@corbenic/photonics/simulation";
import { CloudContext, Job, JobToken, Platform, User } from "@corbenic/sdk";
import { type RunningServer, setUpLocalCloud, startServer } from "@corbenic/server";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type RunningCloud, startCloud } from "./running-cloud.ts";

const parent = mkdtempSync(join(tmpdir(), "corbenic-objects-"));
afterAll(() => rmSync(parent, { recursive: true, force: true }));
afterEach(() => {
  Platform.ADMIN = null;
});

async function administrator(
  context: CloudContext,
  login: { email: string; password: string },
): Promise<User> {
  const admin = new User({ ...login, isAdmin: true });
  await admin.log(context);
  return admin;
}

async function addUser(context: CloudContext, admin: User, firstName: string): Promise<User> {
  const user = new User({ firstName, lastName: "Tester" });
  user.generateData();
  await user.create(context, admin);
  await user.log(context);
  await user.createJobToken(context);
  return user;
}

describe("the cloud objects on a cloud that runs", () => {
  let cloud: RunningCloud;
  let context: CloudContext;
  let admin: User;

  beforeAll(async () => {
    cloud = await startCloud(join(parent, "running"));
    context = new CloudContext(cloud.ready.url);
    admin = await administrator(context, cloud.ready.admin!);
  });
  afterAll(async () => {
    cloud.kill("SIGTERM");
    await cloud.ended;
  });

  test("a job that is created with nothing set completes, and the photons leave together", async () => {
    const job = new Job();
    await job.create(context, User.withJobToken(cloud.ready.job_token));
    const seen: string[] = [];
    const { distribution, globalPerf } = await job.wait({ onProgress: ({ status }) => seen.push(status) });
    expect(seen.at(-1)).toBe("completed");
    expect(distribution.of([2, 0])).toBeCloseTo(0.5, 12);
    expect(distribution.of([0, 2])).toBeCloseTo(0.5, 12);
    expect(distribution.of([1, 1])).toBe(0);
    expect(distribution.total).toBeCloseTo(1, 12);
    expect(globalPerf).toBeCloseTo(1, 12);
  });

  test("a user is created, changed, permitted, submits, and is deleted", async () => {
    const ada = await addUser(context, admin, "Ada");
    await ada.update(context, admin, { [User.PRIORITY_KEY]: 3 });
    await ada.update(context, undefined, { [User.LAST_NAME_KEY]: "King" });
    expect(await ada.read(context)).toMatchObject({ priority: 3, last_name: "King", email: ada.email });

    await expect(new Job().create(context, ada)).rejects.toMatchObject({ code: "platform_not_found" });
    Platform.ADMIN = admin;
    const simulator = (await Platform.listAll(context)).find(({ name }) => name === Platform.DEFAULT_NAME);
    await simulator!.assignUser(context, ada);
    const job = new Job();
    await job.create(context, ada);
    await job.wait();

    await ada.delete(context, admin);
    await expect(new Job().create(context, ada)).rejects.toMatchObject({
      code: "not_authenticated",
      status: 401,
    });
    expect((await User.listAll(context, admin)).map(({ email }) => email)).not.toContain(ada.email);
  });

  test("a user's new password is the one that logs in", async () => {
    const grace = await addUser(context, admin, "Grace");
    const old = grace.password;
    grace.generateData();
    const { password } = grace;
    grace.password = old;
    await grace.update(context, undefined, { password });
    await grace.log(context);
    await expect(
      new User({ userId: 1, email: grace.email, password: old }).log(context),
    ).rejects.toMatchObject({
      code: "login_refused",
    });
  });

  test("a job token is read, listed and deleted", async () => {
    const hedy = await addUser(context, admin, "Hedy");
    const [token] = hedy.jobTokens;
    expect(await token!.read()).toMatchObject({ id: token!.tokenId, user_id: hedy.userId });
    const listed = (await JobToken.listAll(context, admin)).find(({ tokenId }) => tokenId === token!.tokenId);
    expect(listed).toMatchObject({ userId: hedy.userId, duration: 99_999, token: "" });
    const secret = token!.token;
    await token!.delete();
    await expect(new Job().create(context, User.withJobToken(secret))).rejects.toMatchObject({
      code: "not_authenticated",
    });
  });
});

describe("the cloud objects on a cloud without a worker", () => {
  let server: RunningServer;
  let context: CloudContext;
  let admin: User;

  beforeAll(async () => {
    server = await startServer({
      host: "127.0.0.1",
      port: 0,
      dataDirectory: join(parent, "workerless"),
      consoleDirectory: null,
      logger: false,
    });
    const local = await setUpLocalCloud(server);
    context = new CloudContext(server.url);
    admin = await administrator(context, local.admin!);
  });
  afterAll(() => server.stop());

  test("a platform with nothing set, registered by an administrator, fetches and finishes a job with nothing set", async () => {
    Platform.ADMIN = admin;
    const platform = new Platform();
    await platform.register(context);
    expect(platform.name).toBe("sim:qa");
    const ada = await addUser(context, admin, "Ada");
    await platform.assignUser(context, ada);
    const job = new Job();
    await job.create(context, ada);

    const fetched = await platform.fetchJob(context);
    expect(fetched).toMatchObject({ jobId: job.jobId, jobName: "qa_job", payload: Job.DEFAULT_PAYLOAD });
    const photonic = decodePayload(fetched.payload);
    await fetched.lease!.complete(encodeResult(await simulate(photonic), photonic));

    const { distribution } = await job.wait();
    expect(distribution.of([2, 0])).toBeCloseTo(0.5, 12);
    expect(distribution.of([0, 2])).toBeCloseTo(0.5, 12);
  });
});
