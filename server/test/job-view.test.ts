import {
  type CallTarget,
  call,
  fetchJob,
  getJob,
  getJobData,
  getJobResult,
  getJobStatus,
  getJobStatusByOlderPath,
  rerunJob,
  submitJob,
} from "@corbenic/protocol";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createApp } from "../src/app.ts";
import { describePlace } from "../src/jobs/queue-place.ts";
import { countedMax, type QueuePlaceRow } from "../src/jobs/queue-place-store.ts";
import { verifyLifecycle } from "../src/maintenance/verify-lifecycle.ts";
import { announcePlatform, permitUser } from "../src/platforms/platform-store.ts";
import { codeOf } from "./refusal.ts";
import { type Account, describeOnBoth, payload, results, type TestCloud } from "./test-cloud.ts";

describeOnBoth("jobs", (openCloud) => {
  let cloud: TestCloud;
  let account: Account;
  let admin: Account;
  beforeAll(async () => {
    cloud = await openCloud();
    account = await cloud.addAccount();
    admin = await cloud.addAccount({ admin: true, permitted: false });
  });
  afterAll(() => cloud.close());

  const submit = async (body: object, by: CallTarget = account.jobs): Promise<string> =>
    (await call(submitJob, by, { body: { platform_name: "sim:test", payload, ...body } })).job_id;

  describe("by themselves", () => {
    test("show their events, lineage and place, to their owner and to administrators", async () => {
      const owner = await cloud.addAccount();
      const id = await submit({ job_name: "first" }, owner.jobs);
      const view = await call(getJob, owner.jobs, { params: { id } });
      expect(view).toMatchObject({
        name: "first",
        attempt: 0,
        has_result: false,
        reruns: [],
        rerun_from: null,
      });
      expect(view.events).toMatchObject([{ transition: "submit", to_state: "waiting", actor: "owner" }]);
      expect(view.queue).toMatchObject({ jobs_ahead_exact: true, higher_priority: 0 });
      const { pool } = cloud.database;
      await pool.query("update jobs set state = 'error', ended_at = clock_timestamp() where id = $1", [id]);
      const again = await call(rerunJob, owner.jobs, { params: { id }, body: { job_name: "second" } });
      expect(await call(getJob, owner.jobs, { params: { id } })).toMatchObject({
        reruns: [again.job_id],
        queue: null,
      });
      expect(await call(getJob, owner.jobs, { params: { id: again.job_id } })).toMatchObject({
        name: "second",
        rerun_from: id,
      });
      expect(await codeOf(call(getJob, account.jobs, { params: { id } }))).toBe("job_not_found");
      expect(await call(getJob, admin.login, { params: { id } })).toMatchObject({ name: "first" });
    });

    test("give back what they were submitted with", async () => {
      const id = await submit({ job_name: "data", pcvl_version: "1.1.1", process_id: "p" });
      expect(await call(getJobData, account.jobs, { params: { id } })).toEqual({
        job_id: id,
        job_name: "data",
        platform_id: cloud.platformId,
        platform_name: "sim:test",
        command: "probs",
        status: "waiting",
        payload,
        pcvl_version: "1.1.1",
        process_id: "p",
        created_date: expect.stringMatching(/^\d{4}-.*Z$/),
        start_time: null,
        duration: null,
        failure_code: null,
        rerun_from: null,
        shots: null,
        token_id: expect.any(Number),
        token_label: "test",
      });
    });

    test("are read by administrators under audit, their results only where the operator allows it", async () => {
      const id = await cloud.submit();
      const params = { id };
      const { pool } = cloud.database;
      await pool.query("update jobs set state = 'completed', ended_at = clock_timestamp() where id = $1", [
        id,
      ]);
      await pool.query(
        "insert into job_results (job_id, results, sha256, lease_hash) values ($1, $2, '', '')",
        [id, results],
      );
      const audited = async () => {
        const { rows } = await pool.query<{ action: string }>(
          "select action from audit_events where object = $1 order by at",
          [`job:${id}`],
        );
        return rows.map(({ action }) => action);
      };
      expect((await call(getJobStatus, admin.login, { params })).status).toBe("completed");
      expect((await call(getJobStatusByOlderPath, admin.login, { params })).status).toBe("completed");
      expect(await codeOf(call(getJobResult, admin.login, { params }))).toBe("job_not_found");
      expect(await codeOf(call(getJobData, admin.login, { params }))).toBe("job_not_found");
      expect(await codeOf(call(getJobStatus, admin.jobs, { params }))).toBe("job_not_found");
      await call(getJobResult, cloud.owner.jobs, { params });
      expect(await audited()).toEqual(["job.read", "job.read"]);

      const open = await openSibling({ administratorsReadResults: true });
      expect((await call(getJobResult, { ...admin.login, fetch: open }, { params })).results).toBe(results);
      expect(await audited()).toEqual(["job.read", "job.read", "job.read_content"]);
      const { events } = await call(getJob, cloud.owner.jobs, { params });
      expect(events.at(-1)).toMatchObject({
        transition: "read_result",
        actor: "admin",
        to_state: "completed",
      });
      const { findings } = await verifyLifecycle(cloud.database.pool);
      expect(findings.filter(({ says }) => says.includes("read_result"))).toEqual([]);
    });

    /** Another server on the same database. */
    async function openSibling(limits: object): Promise<typeof fetch> {
      const services = { ...cloud.services, limits: { ...cloud.services.limits, ...limits } };
      const app = await createApp(services, { logger: false, consoleDirectory: null });
      return (async (url: URL, init: RequestInit) => {
        const { body, statusCode } = await app.inject({
          method: init.method as "GET",
          url: url.pathname,
          headers: init.headers as Record<string, string>,
        });
        return new Response(body, { status: statusCode });
      }) as unknown as typeof fetch;
    }
  });

  describe("that wait", () => {
    const place = async (id: string, by: Account) => (await call(getJob, by.jobs, { params: { id } })).queue!;

    test("know how many are ahead of them, in the order in which they will be taken", async () => {
      const { pool } = cloud.database;
      const specs = { available_commands: ["probs"] };
      const platform = await announcePlatform(pool, { name: "sim:places", type: "simulator", specs });
      const worker = await cloud.addWorker(platform);
      const [one, two] = [await cloud.addAccount(), await cloud.addAccount()];
      for (const { userId } of [one, two]) await permitUser(pool, userId, platform);
      const jobs: { id: string; by: Account }[] = [];
      for (const by of [one, one, one, two, two, one]) {
        jobs.push({ id: await submit({ platform_name: "sim:places" }, by.jobs), by });
      }
      const ahead = new Map<string, number>();
      for (const { id, by } of jobs) ahead.set(id, (await place(id, by)).jobs_ahead);
      const taken: string[] = [];
      for (let i = 0; i < jobs.length; i++) {
        taken.push((await call(fetchJob, worker, { query: { platform_name: "sim:places" } }))!.job_id);
      }
      expect(taken.map((id) => ahead.get(id))).toEqual([0, 1, 2, 3, 4, 5]);
    });

    test("say why they wait", async () => {
      const { pool } = cloud.database;
      const specs = { available_commands: ["probs"] };
      const platform = await announcePlatform(pool, { name: "sim:reasons", type: "simulator", specs });
      const owner = await cloud.addAccount();
      await permitUser(pool, owner.userId, platform);
      await pool.query("update users set priority = 7 where id = $1", [owner.userId]);
      await submit({ platform_name: "sim:reasons" }, owner.jobs);
      await pool.query("update users set priority = 2 where id = $1", [owner.userId]);
      await submit({ platform_name: "sim:reasons" }, owner.jobs);
      const id = await submit({ platform_name: "sim:reasons" }, owner.jobs);
      expect(await place(id, owner)).toEqual({
        jobs_ahead: 2,
        jobs_ahead_exact: true,
        higher_priority: 1,
        starts_in_s: null,
        reason: "No worker of sim:reasons has asked for a job yet.",
      });
      await pool.query("update platforms set last_fetch_at = clock_timestamp() where id = $1", [platform]);
      expect((await place(id, owner)).reason).toBe(
        "1 job of higher priority, 1 job before it in the fair queue.",
      );
      await pool.query(
        `insert into maintenance_windows (platform_id, starts_at, ends_at, reason)
         values ($1, clock_timestamp(), '2999-01-01T00:00:00Z', 'new laser')`,
        [platform],
      );
      expect((await place(id, owner)).reason).toBe(
        "sim:reasons is in maintenance until 2999-01-01T00:00:00.000Z (new laser).",
      );
    });
  });
});

describe("the place of a waiting job", () => {
  const row: QueuePlaceRow = {
    platform_name: "sim:x",
    platform_status: "available",
    maintenance_until: null,
    maintenance_reason: null,
    unasked_s: 3,
    running: true,
    due_in_s: 0,
    higher_priority: 0,
    same_priority: 0,
    between_starts_s: 2.5,
  };

  test("is next when nothing is ahead", () => {
    expect(describePlace(row)).toEqual({
      jobs_ahead: 0,
      jobs_ahead_exact: true,
      higher_priority: 0,
      starts_in_s: 0,
      reason: "It is next: the next free worker of sim:x takes it.",
    });
  });

  test("is estimated from how fast jobs started of late", () => {
    const place = describePlace({ ...row, higher_priority: 3, same_priority: 7 });
    expect(place).toMatchObject({ jobs_ahead: 10, starts_in_s: 25 });
    expect(place.reason).toBe("3 jobs of higher priority, 7 jobs before it in the fair queue.");
    expect(describePlace({ ...row, same_priority: 2, between_starts_s: null }).starts_in_s).toBeNull();
  });

  test("is not counted to the end in a long queue", () => {
    const place = describePlace({ ...row, same_priority: countedMax + 1 });
    expect(place).toMatchObject({ jobs_ahead: countedMax, jobs_ahead_exact: false, starts_in_s: null });
    expect(place.reason).toBe("More than 10000 jobs ahead.");
  });

  test("tells of another attempt to come, and of workers that are gone", () => {
    expect(describePlace({ ...row, due_in_s: 4.2 })).toMatchObject({
      starts_in_s: 4.2,
      reason: "Another attempt not before 5 s.",
    });
    const gone = { ...row, running: false, unasked_s: 330 };
    expect(describePlace(gone)).toMatchObject({
      starts_in_s: null,
      reason: "No worker of sim:x has asked for a job for 6 minutes.",
    });
  });
});
