import { randomUUID } from "node:crypto";
import {
  type CallTarget,
  call,
  type Finding,
  getJobAvailability,
  getJobData,
  type Problem,
  rerunJob,
  submitJob,
  submitJobByOlderPath,
  updatePlatform,
} from "@corbenic/protocol";
import { afterAll, beforeAll, expect, test } from "vitest";
import { issueCredential } from "../src/credentials/credentials.ts";
import { reapKeys } from "../src/idempotency/idempotency-store.ts";
import { announcePlatform, permitUser } from "../src/platforms/platform-store.ts";
import { codeOf } from "./refusal.ts";
import { type Account, describeOnBoth, payload, type TestCloud } from "./test-cloud.ts";

describeOnBoth("admission", (openCloud) => {
  let cloud: TestCloud;
  let account: Account;
  beforeAll(async () => {
    cloud = await openCloud({ jobsInQueueMax: 5 });
    await addPlatform("sim:small", {
      specs: {
        available_commands: ["probs", "sample_count"],
        constraints: { max_mode_count: 1, min_photon_count: 3, support_multi_photon: false },
      },
      limits: { shots_max: 1000, duration_s_max: 60 },
    });
  });
  afterAll(() => cloud.close());

  /** A platform that every account made afterwards may use. */
  const platforms: string[] = [];
  async function addPlatform(name: string, { specs, limits = {} }: { specs: object; limits?: object }) {
    const id = await announcePlatform(cloud.database.pool, {
      name,
      type: "simulator",
      specs: specs as never,
    });
    await cloud.database.pool.query("update platforms set limits = $2 where id = $1", [id, limits]);
    platforms.push(id);
    return id;
  }
  async function addAccount(): Promise<Account> {
    const made = await cloud.addAccount();
    for (const id of platforms) await permitUser(cloud.database.pool, made.userId, id);
    return made;
  }
  const tokenOf = async (scopes: object): Promise<CallTarget> => {
    const { userId } = account;
    const { secret } = await issueCredential(cloud.database.pool, {
      kind: "job",
      label: randomUUID(),
      userId,
      ...scopes,
    });
    return { ...cloud.anonymous, token: secret };
  };
  const submit = (body: object, by: CallTarget = account.jobs) =>
    call(submitJob, by, { body: { platform_name: "sim:test", payload, ...body } });
  const refusal = (body: object, by?: CallTarget): Promise<Problem> =>
    submit(body, by).then(
      () => expect.fail("the job was admitted"),
      (problem: Problem) => problem,
    );
  const findingsOf = ({ detail }: Problem) =>
    (detail.findings as Finding[]).map(({ code, path, found, allowed }) => [code, path, found, allowed]);
  const inQueue = async () => (await call(getJobAvailability, account.jobs, {})).num_jobs_in_queue;

  test("says everything that is wrong at once, and stores nothing", async () => {
    account = await addAccount();
    const problem = await refusal({
      platform_name: "sim:small",
      max_duration: 3600,
      payload: { ...payload, command: "samples", max_shots: 5000 },
    });
    expect(problem).toMatchObject({ code: "platform_limit_exceeded", status: 400 });
    expect(findingsOf(problem)).toEqual([
      ["platform_limit_exceeded", "max_duration", "3600 s", "at most 60 s"],
      ["command_not_available", "payload.command", "samples", "probs, sample_count"],
      ["platform_limit_exceeded", "payload.modes", "2 modes", "at most 1"],
      ["platform_limit_exceeded", "payload.input_state", "2 photons", "at least 3"],
      ["platform_limit_exceeded", "payload.max_shots", "5000 shots", "at most 1000"],
    ]);
    for (const { message } of problem.detail.findings as Finding[])
      expect(problem.message).toContain(message);
    expect(await inQueue()).toBe(0);
  });

  test("reads the rest of a payload whose command is not known", async () => {
    const problem = await refusal({
      payload: { ...payload, command: "measure", circuit: ":PCVL:ACircuit:AAAA" },
    });
    expect(findingsOf(problem).map(([code, path]) => [code, path])).toEqual([
      ["invalid_payload", "payload.command"],
      ["invalid_payload", expect.stringContaining("payload.circuit")],
    ]);
  });

  test("refuses several photons in a mode where a platform does not take them", async () => {
    const id = await addPlatform("sim:single", {
      specs: { available_commands: ["probs"], constraints: { support_multi_photon: false } },
    });
    await permitUser(cloud.database.pool, account.userId, id);
    const crowded = { ...payload, input_state: ":PCVL:BasicState:|2,0>" };
    const problem = await refusal({ platform_name: "sim:single", payload: crowded });
    expect(findingsOf(problem)).toEqual([
      ["platform_limit_exceeded", "payload.input_state", "several photons in one mode", "at most 1 in each"],
    ]);
    expect(await codeOf(submit({ platform_name: "sim:single" }))).toBe("done");
  });

  test("refuses by the estimate, with the limit and the nearest change that would fit", async () => {
    const heavy = { ...payload, input_state: ":PCVL:BasicState:|500,500>" };
    const id = await addPlatform("sim:tiny", {
      specs: { available_commands: ["probs", "sample_count"] },
      limits: { result_bytes_max: 1000 },
    });
    await permitUser(cloud.database.pool, account.userId, id);
    const problem = await refusal({ platform_name: "sim:tiny", payload: heavy });
    expect(problem).toMatchObject({ code: "job_too_large", status: 400 });
    expect(problem.detail).toMatchObject({ path: "payload", allowed: "1000 B" });
    const [finding] = problem.detail.findings as Finding[];
    expect(finding!.nearest).toMatch(/photons/);
    expect(problem.message).toContain(finding!.nearest!);
  });

  test("estimates time by the speed that the platform's worker has measured", async () => {
    const specs = { available_commands: ["sample_count"] };
    const id = await addPlatform("sim:slow", { specs, limits: { duration_s_max: 1 } });
    await permitUser(cloud.database.pool, account.userId, id);
    const worker = await cloud.addWorker(id);
    const many = { command: "sample_count", max_samples: 2e6, max_shots: 2e6 };
    const long = { platform_name: "sim:slow", payload: { ...payload, ...many } };
    expect(await codeOf(submit(long))).toBe("done");
    await call(updatePlatform, worker, { params: { id }, body: { perfs: { "Draw (ns)": 1000 } } });
    const [finding] = findingsOf(await refusal(long));
    expect(finding).toEqual([
      "job_too_large",
      "payload",
      "2.00 s (time_too_long)",
      expect.stringMatching(/^1\S* s$/),
    ]);
  });

  test("names a platform by its id, too, and needs one of both", async () => {
    expect(await codeOf(submit({ platform_name: undefined, platform_id: cloud.platformId }))).toBe("done");
    const unnamed = await refusal({ platform_name: undefined });
    expect(unnamed).toMatchObject({ code: "invalid_request", status: 400 });
    const unknown = await refusal({ platform_id: randomUUID(), payload: { command: "probs" } });
    expect(unknown).toMatchObject({ code: "platform_not_found", status: 404 });
    expect(findingsOf(unknown).map(([code]) => code)).toEqual(["platform_not_found", "invalid_payload"]);
  });

  test("accepts jobs while a platform is maintained or unreachable, and refuses them when it is retired", async () => {
    account = await addAccount();
    const set = (status: string) =>
      cloud.database.pool.query("update platforms set status = $1 where name = 'sim:test'", [status]);
    for (const status of ["maintenance", "unreachable"]) {
      await set(status);
      expect([status, await codeOf(submit({}))]).toEqual([status, "done"]);
    }
    await set("retired");
    expect(await refusal({})).toMatchObject({ code: "platform_retired", status: 409 });
    await set("available");
  });

  test("keeps to the scope of a token: platforms, shots and jobs", async () => {
    account = await addAccount();
    const elsewhere = await tokenOf({ platforms: ["qpu:*", "sim:small"] });
    expect(await refusal({}, elsewhere)).toMatchObject({ code: "platform_not_found" });
    const fewShots = await tokenOf({ shotsMax: 10 });
    expect(await refusal({ payload: { ...payload, max_shots: 11 } }, fewShots)).toMatchObject({
      code: "token_scope_exceeded",
      status: 403,
    });
    expect(await codeOf(submit({ payload: { ...payload, max_shots: 10 } }, fewShots))).toBe("done");
    const oneJob = await tokenOf({ jobsMax: 1 });
    const first = await submit({}, oneJob);
    expect(await call(getJobData, account.jobs, { params: { id: first.job_id } })).toMatchObject({
      token_id: expect.any(Number),
      token_label: expect.any(String),
    });
    expect(await refusal({}, oneJob)).toMatchObject({ code: "token_scope_exceeded", status: 403 });
    expect(await codeOf(submit({}))).toBe("done");
  });

  test("holds the queue of an account to its limit however many submit at once", async () => {
    account = await addAccount();
    const outcomes = await Promise.all(Array.from({ length: 12 }, () => codeOf(submit({}))));
    expect(outcomes.filter((outcome) => outcome === "done")).toHaveLength(5);
    expect(outcomes.filter((outcome) => outcome === "queue_full")).toHaveLength(7);
    expect(await inQueue()).toBe(5);
    // A full queue is said beside what else is wrong; clients are not to retry what would not be cured.
    const problem = await refusal({ payload: { ...payload, command: "samples" } });
    expect(problem).toMatchObject({ code: "command_not_available", status: 400 });
    expect(findingsOf(problem).map(([code]) => code)).toEqual(["command_not_available", "queue_full"]);
  });

  test("holds the queue of a platform, and of each account on it, to their limits", async () => {
    const id = await addPlatform("sim:narrow", {
      specs: { available_commands: ["probs"] },
      limits: { queue_max: 3, jobs_per_account_max: 2 },
    });
    const [one, other] = [await addAccount(), await addAccount()];
    const body = { platform_name: "sim:narrow" };
    for (let i = 0; i < 2; i++) await submit(body, one.jobs);
    const perAccount = await refusal(body, one.jobs);
    expect(perAccount).toMatchObject({ code: "queue_full", status: 429 });
    expect(perAccount.detail).toMatchObject({ path: "platform.jobs_per_account", retry_after_s: 5 });
    await submit(body, other.jobs);
    expect((await refusal(body, other.jobs)).detail).toMatchObject({
      path: "platform.queue",
      found: "3 jobs",
    });
    await cloud.database.pool.query(
      "update jobs set state = 'canceled', ended_at = clock_timestamp() where platform_id = $1 and owner_id = $2",
      [id, one.userId],
    );
    expect(await codeOf(submit(body, other.jobs))).toBe("done");
  });

  test("refuses what is nested too deeply for anything to read", async () => {
    account = await addAccount();
    const depth = 100_000;
    const nested = `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`;
    const reply = await cloud.app.inject({
      method: "POST",
      url: "/api/job",
      headers: { authorization: `Bearer ${account.jobs.token}`, "content-type": "application/json" },
      payload: `{"platform_name":"sim:test","payload":${nested}}`,
    });
    expect(reply.statusCode).toBe(400);
    expect(reply.json()).toMatchObject({ code: "invalid_payload" });
  });

  const keyed = (key: string, body: object = {}, by: CallTarget = account.jobs) =>
    call(submitJob, by, {
      body: { platform_name: "sim:test", payload, ...body },
      headers: { "idempotency-key": key },
    });

  test("answers a repeated request with the same job, by whichever path it comes", async () => {
    account = await addAccount();
    const { job_id } = await keyed("k1");
    expect(await keyed("k1")).toEqual({ job_id });
    const older = await call(submitJobByOlderPath, account.jobs, {
      body: { platform_name: "sim:test", payload },
      headers: { "idempotency-key": "k1" },
    });
    expect(older).toEqual({ job_id });
    expect(await inQueue()).toBe(1);
  });

  test("makes one job of the same request sent several times at once", async () => {
    account = await addAccount();
    const made = await Promise.all(Array.from({ length: 6 }, () => keyed("together")));
    expect(new Set(made.map(({ job_id }) => job_id)).size).toBe(1);
    expect(await inQueue()).toBe(1);
  });

  test("refuses a key that comes with another request, of the same account only", async () => {
    account = await addAccount();
    await keyed("mine");
    await expect(keyed("mine", { job_name: "other" })).rejects.toMatchObject({
      code: "idempotency_key_reused",
      status: 422,
    });
    const stranger = await addAccount();
    expect(await codeOf(keyed("mine", { job_name: "other" }, stranger.jobs))).toBe("done");
    expect(await codeOf(keyed("with space"))).toBe("invalid_request");
  });

  test("keeps no refusal under a key, and answers a repeated request even when the queue is full", async () => {
    account = await addAccount();
    const broken = { payload: { ...payload, circuit: "nonsense" } };
    expect(await codeOf(keyed("again", broken))).toBe("invalid_payload");
    const { job_id } = await keyed("again");
    for (let i = 0; i < 4; i++) await submit({});
    expect(await codeOf(submit({}))).toBe("queue_full");
    expect(await keyed("again")).toEqual({ job_id });
  });

  test("repeats a rerun under its key, and keeps keys for as long as it says", async () => {
    account = await addAccount();
    const { job_id } = await keyed("first");
    const { pool } = cloud.database;
    await pool.query("update jobs set state = 'error', ended_at = clock_timestamp() where id = $1", [job_id]);
    const rerun = (key: string) =>
      call(rerunJob, account.jobs, { params: { id: job_id }, headers: { "idempotency-key": key } });
    const again = await rerun("second");
    expect(await rerun("second")).toEqual(again);
    expect(await codeOf(rerun("first"))).toBe("idempotency_key_reused");
    const hour = 3_600_000;
    await pool.query(
      `update idempotency_keys set created_at = clock_timestamp() - interval '30 hours'
        where user_id = $1 and key = 'first'`,
      [account.userId],
    );
    await reapKeys(pool, 48 * hour);
    expect(await keyed("first")).toEqual({ job_id });
    await reapKeys(pool, 24 * hour);
    expect((await keyed("first")).job_id).not.toBe(job_id);
    expect(await rerun("second")).toEqual(again);
  });
});
