import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { beamSplitter, circuit, decodePayload, experiment, Job, Platform, User } from "../src/index.ts";
import { fakeCloud } from "./fake-cloud.ts";

const jobId = "3f0f1c1e-7c1b-4f43-9a53-2f1d0f6f7a10";
const platformId = "9a1e4a52-4a1d-4a0e-9e0e-1a2b3c4d5e6f";
const user = User.withJobToken("cbn_j_secret");

function administrator(): User {
  const admin = new User({ userId: 1, isAdmin: true, email: "admin@corbenic.local" });
  admin.loginToken.token = "cbn_l_admin";
  return admin;
}
const registered = {
  id: platformId,
  name: "sim:qa",
  type: "simulator",
  specs: { available_commands: ["probs"] },
};
const leased = {
  job_id: jobId,
  job_name: "qa_job",
  platform_name: "sim:qa",
  pcvl_version: "0.12.0",
  process_id: null,
  payload: { command: "probs", job_context: { note: 1 } },
  attempt: 1,
  lease_token: "AAAAAAAAAAAAAAAAAAAAAA",
  lease_ttl_s: 60,
  max_duration_s: 3600,
};

describe("a job", () => {
  test("is submitted as it was made, with what is given besides", async () => {
    const { context, asked } = fakeCloud([{ job_id: jobId }]);
    const job = new Job({ jobName: "mine" });
    await job.create(context, user, { job_group_name: "all of mine", job_name: "still mine" });
    expect(asked[0]).toMatchObject({
      method: "POST",
      path: "/api/jobs",
      body: {
        platform_name: "sim:qa",
        job_name: "still mine",
        job_group_name: "all of mine",
        payload: Job.DEFAULT_PAYLOAD,
        pcvl_version: "0.12.0",
        process_id: job.processId,
      },
    });
    expect(asked[0]?.headers.authorization).toBe("Bearer cbn_j_secret");
  });

  test("remembers its cloud and its user", async () => {
    const { context, asked } = fakeCloud([{ job_id: jobId }, { message: "canceled" }]);
    const job = new Job();
    await job.create(context, user);
    await job.cancel();
    expect(asked[1]).toMatchObject({ method: "POST", path: `/api/jobs/${jobId}/cancel` });
  });

  test("is canceled with thousands of others in as few requests as the cloud takes", async () => {
    const { context, asked } = fakeCloud([{ outcomes: [] }]);
    const jobs = Array.from({ length: 2_500 }, () => new Job({ jobId }));
    await Job.cancelMany(context, jobs, administrator());
    expect(asked.map(({ body }) => (body as { job_ids: string[] }).job_ids.length)).toEqual([
      1_000, 1_000, 500,
    ]);
  });

  test("is found in a list of many pages", async () => {
    const page = (id: string, next: string | null) => ({
      jobs: [{ job_id: id, name: id, platform_name: "sim:qa" }],
      next_cursor: next,
    });
    const { context, asked } = fakeCloud([page("1", "a b"), page("2", null)]);
    const jobs = await Job.listAll(context, administrator());
    expect(jobs.map(({ jobId }) => jobId)).toEqual(["1", "2"]);
    expect(asked.map(({ path }) => path)).toEqual([
      "/admin/jobs?limit=200",
      "/admin/jobs?limit=200&cursor=a+b",
    ]);
  });
});

describe("a platform", () => {
  beforeEach(() => {
    Platform.ADMIN = administrator();
  });
  afterEach(() => {
    Platform.ADMIN = null;
  });

  test("takes an experiment that is built here, and the cloud can read it", async () => {
    const { context, asked } = fakeCloud([registered, { job_id: jobId }]);
    const platform = await Platform.open(context, user, "sim:qa");
    const hom = experiment(circuit(2).add(0, beamSplitter()), { input: [1, 1], name: "Hong-Ou-Mandel" });
    const job = await platform.submit(hom, { command: "sample_count", maxShots: 100, seed: 7 });
    expect(job.jobId).toBe(jobId);
    const body = asked[1]!.body as { payload: unknown; platform_name: string; job_name: string };
    expect(body).toMatchObject({ platform_name: "sim:qa", job_name: "Hong-Ou-Mandel" });
    const read = decodePayload(body.payload);
    expect(read).toMatchObject({ command: "sample_count", maxShots: 100, seed: 7 });
    expect(read.experiment.components).toEqual(hom.components);
  });

  test("that has no name is registered under the default one", async () => {
    const { context, asked } = fakeCloud([registered]);
    const platform = new Platform();
    await platform.register(context);
    expect(asked[0]).toMatchObject({
      path: Platform.REGISTER_ENDPOINT,
      body: {
        name: Platform.DEFAULT_NAME,
        type: "simulator",
        worker_id: platform.workerId,
        specs: { available_commands: ["probs"] },
      },
    });
    expect(platform.platformId).toBe(platformId);
  });

  test("fetches with a key of its own, which goes with it", async () => {
    const key = { api_key: "cbn_w_own", api_key_id: 5 };
    const { context, asked } = fakeCloud([registered, key, leased, { message: "deleted" }]);
    const platform = new Platform();
    await platform.register(context);
    const job = await platform.fetchJob(context, { waitS: 5 });
    expect(job).toMatchObject({ jobId, jobName: "qa_job", payload: leased.payload });
    expect(job.lease).toMatchObject({ attempt: 1, ttlS: 60, maxDurationS: 3600 });
    expect(asked[1]).toMatchObject({ path: "/admin/api-keys", body: { platform_ids: [platformId] } });
    expect(asked[2]?.path).toMatch(/^\/admin\/job\?wait_s=5&platform_name=sim%3Aqa&fetch_id=[0-9a-f-]{36}$/);
    expect(asked[2]?.headers.authorization).toBe("Bearer cbn_w_own");
    await platform.delete();
    expect(asked.slice(3).map(({ method, path }) => `${method} ${path}`)).toEqual([
      `DELETE /admin/platforms/${platformId}`,
      "DELETE /admin/api-keys/5",
    ]);
  });

  test("fetches with the administrator's key where there is one, and binds it once", async () => {
    const bound = { platform_ids: ["another"] };
    const { context, asked } = fakeCloud([
      { api_key: "cbn_w_admin", api_key_id: 6 },
      registered,
      bound,
      bound,
      leased,
    ]);
    await Platform.ADMIN!.createApiKey(context, { label: "workers" });
    const platform = new Platform();
    await platform.register(context);
    await platform.fetchJob(context);
    await platform.fetchJob(context);
    expect(asked.slice(2).map(({ method, path }) => `${method} ${path.split("?")[0]}`)).toEqual([
      "GET /admin/api-keys/6",
      "PUT /admin/api-keys/6/platforms",
      "GET /admin/job",
      "GET /admin/job",
    ]);
    expect(asked[3]?.body).toEqual({ platform_ids: ["another", platformId] });
    expect(asked[4]?.headers.authorization).toBe("Bearer cbn_w_admin");
  });

  test("asks for the same job again when the answer was lost, and then for another", async () => {
    const key = { api_key: "cbn_w_own", api_key_id: 5 };
    const { context, asked } = fakeCloud([registered, key, new TypeError("fetch failed"), leased, leased]);
    const platform = new Platform();
    await platform.register(context);
    await platform.fetchJob(context);
    await platform.fetchJob(context);
    const [lost, again, next] = asked.slice(2).map(({ path }) => path);
    expect(again).toBe(lost);
    expect(next).not.toBe(lost);
  });

  test("says so when no job waits, and does not ask again by itself", async () => {
    const key = { api_key: "cbn_w_own", api_key_id: 5 };
    const { context, asked } = fakeCloud([registered, key, new Response(null, { status: 204 })]);
    const platform = new Platform();
    await platform.register(context);
    await expect(platform.fetchJob(context)).rejects.toMatchObject({
      code: "no_job_waiting",
      message: "No job waits for sim:qa.",
    });
    expect(asked).toHaveLength(3);
  });

  test("reports with the lease's token, and gives the job's context back", async () => {
    const key = { api_key: "cbn_w_own", api_key_id: 5 };
    const { context, asked } = fakeCloud([
      registered,
      key,
      leased,
      { cancel: false },
      { status: "completed" },
    ]);
    const platform = new Platform();
    await platform.register(context);
    const { lease } = await platform.fetchJob(context);
    expect(await lease!.renew({ progress: 0.5, message: "half" })).toEqual({ cancel: false });
    await lease!.complete(new Map([["|2,0>", 1]]));
    expect(asked[3]).toMatchObject({
      path: `/admin/job/${jobId}/heartbeat`,
      body: { lease_token: leased.lease_token, progress: 0.5, progress_message: "half" },
    });
    expect(asked[4]?.path).toBe(`/admin/job/${jobId}/result`);
    expect(JSON.parse((asked[4]!.body as { results: string }).results)).toEqual({
      results: ":PCVL:BSDistribution:{|2,0>=1}",
      global_perf: 1,
      job_context: { note: 1 },
    });
  });
});

describe("a user", () => {
  const seen = {
    user_id: 7,
    email: "ada@corbenic.example",
    first_name: "Ada",
    last_name: "King",
    is_admin: false,
    priority: 2,
    company_id: null,
    platform_ids: [],
    enabled: true,
    created_at: "2026-01-01T00:00:00Z",
  };

  test("is created with all its fields, and keeps the password that the cloud drew", async () => {
    const { context, asked } = fakeCloud([{ ...seen, password: "drawn by the cloud" }]);
    const ada = new User({ firstName: "Ada", lastName: "King", email: "ada@corbenic.example" });
    await ada.create(context, administrator());
    expect(asked[0]?.body).toEqual({
      email: "ada@corbenic.example",
      first_name: "Ada",
      last_name: "King",
      priority: 2,
      company_id: null,
      platform_ids: [],
    });
    expect(ada).toMatchObject({ userId: 7, password: "drawn by the cloud" });
  });

  test("changes its own password by proving the one it has", async () => {
    const { context, asked } = fakeCloud([{ token: "cbn_l_ada", user_id: 7, is_admin: false }, seen]);
    const ada = new User({ userId: 7, email: "ada@corbenic.example", password: "the old password" });
    await ada.log(context);
    await ada.update(context, undefined, { password: "the new password" });
    expect(asked[1]).toMatchObject({
      method: "PATCH",
      path: "/api/user",
      body: { current_password: "the old password", password: "the new password" },
    });
    expect(ada.password).toBe("the new password");
  });

  test("is changed by an administrator under its id", async () => {
    const { context, asked } = fakeCloud([{ ...seen, priority: 4 }]);
    const ada = new User({ userId: 7 });
    await ada.update(context, administrator(), { [User.PRIORITY_KEY]: 4 });
    expect(asked[0]).toMatchObject({ method: "PATCH", path: "/api/users/7", body: { priority: 4 } });
    expect(ada.priority).toBe(4);
  });
});
