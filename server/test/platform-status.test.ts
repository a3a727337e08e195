import {
  call,
  createMaintenanceWindow,
  deleteMaintenanceWindow,
  fetchJob,
  getJobStatus,
  getPlatform,
  getPlatformAvailability,
  listMaintenanceWindows,
  registerPlatform,
  submitJob,
  updateMaintenanceWindow,
  updatePlatform,
} from "@corbenic/protocol";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startStatusKeeper } from "../src/maintenance/status-keeper.ts";
import { readStatusShares } from "../src/platforms/availability-store.ts";
import { listPlatformsOfKey, permitUser } from "../src/platforms/platform-store.ts";
import { followPlatforms } from "../src/platforms/status-store.ts";
import { type Administrator, addAdministrator } from "./administrator.ts";
import { codeOf } from "./refusal.ts";
import { describeOnBoth, payload, type TestCloud } from "./test-cloud.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

describeOnBoth("the status of a platform", (openCloud) => {
  let cloud: TestCloud;
  let admin: Administrator;
  let names = 0;
  beforeAll(async () => {
    cloud = await openCloud();
    admin = await addAdministrator(cloud);
  });
  afterAll(() => cloud.close());

  async function register() {
    const name = `sim:s${++names}`;
    const body = { name, specs: { available_commands: ["probs"] } };
    const { id } = await call(registerPlatform, admin.login, { body });
    await permitUser(cloud.database.pool, cloud.owner.userId, id);
    const read = () => call(getPlatform, cloud.owner.jobs, { params: { name } });
    const statusOf = async () => (await read()).status;
    return { id, name, params: { id }, read, statusOf };
  }

  const fromNow = (ms: number) => new Date(Date.now() + ms).toISOString();
  const plan = (id: string, startMs: number, endMs: number, reason = "calibration") =>
    call(createMaintenanceWindow, admin.login, {
      params: { id },
      body: { start: fromNow(startMs), end: fromNow(endMs), reason },
    });

  async function historyOf(id: string) {
    const { rows } = await cloud.database.pool.query<{ status: string; at: Date }>(
      "select status, at from platform_statuses where platform_id = $1 order by id",
      [id],
    );
    return rows;
  }

  /** As if the platform had been made so long ago, and looked at since. */
  async function age(id: string, ms: number) {
    await cloud.database.pool.query("alter table platform_statuses disable trigger user");
    await cloud.database.pool.query(
      `update platform_statuses set at = at - make_interval(secs => $2) where platform_id = $1`,
      [id, ms / 1000],
    );
    await cloud.database.pool.query("alter table platform_statuses enable trigger user");
    await cloud.database.pool.query(
      `update platforms set created_at = created_at - make_interval(secs => $2) where id = $1`,
      [id, ms / 1000],
    );
  }

  test("is maintenance while a window is open, and jobs wait meanwhile", async () => {
    const own = await register();
    const worker = await cloud.addWorker(own.id);
    const window = await plan(own.id, -minuteMs, hourMs, "new detectors");
    expect(await own.read()).toMatchObject({
      status: "maintenance",
      maintenance: { reason: "new detectors", end: expect.stringMatching(/^2\d{3}-.*Z$/) },
    });
    const body = { platform_name: own.name, job_name: "j", payload };
    const { job_id: id } = await call(submitJob, cloud.owner.jobs, { body });
    expect(await call(fetchJob, worker, { query: {} })).toBeUndefined();

    const waiting = call(fetchJob, worker, { query: { wait_s: 30 } });
    await call(deleteMaintenanceWindow, admin.login, { params: { id: window.id } });
    expect(await waiting).toMatchObject({ job_id: id });
    expect(await own.read()).toMatchObject({ status: "available", maintenance: null });
    expect((await historyOf(own.id)).map(({ status }) => status)).toEqual([
      "available",
      "maintenance",
      "available",
    ]);
  });

  test("hands out no job of a platform that was set to maintenance or retired", async () => {
    const own = await register();
    const worker = await cloud.addWorker(own.id);
    const body = { platform_name: own.name, job_name: "j", payload };
    const { job_id: id } = await call(submitJob, cloud.owner.jobs, { body });
    const set = (status: "available" | "maintenance" | "unreachable" | "retired") =>
      call(updatePlatform, admin.login, { params: own.params, body: { status } });
    await set("maintenance");
    expect(await call(fetchJob, worker, { query: {} })).toBeUndefined();
    await set("retired");
    expect(await codeOf(call(fetchJob, worker, { query: {} }))).toBe("platform_not_found");
    expect((await call(getJobStatus, cloud.owner.jobs, { params: { id } })).status).toBe("waiting");
    await set("unreachable");
    expect(await call(fetchJob, worker, { query: {} })).toMatchObject({ job_id: id });
  });

  test("knows windows that come, in order, and forgets those that are over", async () => {
    const own = await register();
    const later = await plan(own.id, 3 * hourMs, 4 * hourMs, "later");
    const next = await plan(own.id, hourMs, 2 * hourMs, "next");
    expect(await own.read()).toMatchObject({ status: "available", maintenance: { reason: "next" } });

    const list = (query = {}) => call(listMaintenanceWindows, admin.login, { params: own.params, query });
    const first = await list({ limit: 1 });
    expect(first.windows).toEqual([next]);
    const rest = await list({ limit: 1, cursor: first.next_cursor });
    expect(rest).toEqual({ windows: [later], next_cursor: null });

    await cloud.database.pool.query(
      "update maintenance_windows set starts_at = now() - interval '2 hours', ends_at = now() - interval '1 hour' where id = $1",
      [next.id],
    );
    expect((await list()).windows).toEqual([later]);
    expect((await list({ past: true })).windows).toHaveLength(2);
  });

  test("follows a window that is moved", async () => {
    const own = await register();
    const { id } = await plan(own.id, hourMs, 2 * hourMs);
    const move = (body: object) => call(updateMaintenanceWindow, admin.login, { params: { id }, body });
    await move({ start: fromNow(-minuteMs) });
    expect(await own.statusOf()).toBe("maintenance");
    expect(await move({ reason: "done early" })).toMatchObject({ reason: "done early" });
    await move({ start: fromNow(hourMs) });
    expect(await own.statusOf()).toBe("available");
  });

  test.each([
    ["that ends before it starts", 2 * hourMs, hourMs],
    ["that is over already", -2 * hourMs, -hourMs],
    ["in a far future", 300 * 365 * 24 * hourMs, 301 * 365 * 24 * hourMs],
  ])("refuses a window %s", async (_, start, end) => {
    const own = await register();
    expect(await codeOf(plan(own.id, start, end))).toBe("invalid_window");
  });

  test("refuses to change a window that is not there, or whose platform is gone", async () => {
    const params = { id: "3f0f1c1e-7c1b-4f43-9a53-2f1d0f6f7a10" };
    const body = { reason: "x" };
    expect(await codeOf(call(updateMaintenanceWindow, admin.login, { params, body }))).toBe(
      "window_not_found",
    );
    expect(await codeOf(call(deleteMaintenanceWindow, admin.login, { params }))).toBe("window_not_found");
  });

  test("is noted as of the moment at which a window opened and closed, whenever somebody looks", async () => {
    const own = await register();
    const { start, end } = await plan(own.id, hourMs, 2 * hourMs);
    const look = async (ms: number) =>
      (await followPlatforms(cloud.database.pool, new Date(Date.now() + ms))).filter(
        ({ id }) => id === own.id,
      );
    await call(updatePlatform, admin.login, { params: own.params, body: { unreachable_after_s: null } });
    expect(await look(minuteMs)).toEqual([]);
    expect(await look(90 * minuteMs)).toEqual([{ id: own.id, name: own.name, status: "maintenance" }]);
    expect(await look(91 * minuteMs)).toEqual([]);
    expect(await look(5 * hourMs)).toMatchObject([{ status: "available" }]);
    const history = await historyOf(own.id);
    expect(history.slice(1)).toEqual([
      { status: "maintenance", at: new Date(start) },
      { status: "available", at: new Date(end) },
    ]);
  });

  test("is noted by the keeper, which wakes the workers that waited for it", async () => {
    const own = await register();
    const { id } = await plan(own.id, -minuteMs, hourMs);
    await cloud.database.pool.query("alter table maintenance_windows disable trigger user");
    await cloud.database.pool.query("update maintenance_windows set ends_at = now() where id = $1", [id]);
    await cloud.database.pool.query("alter table maintenance_windows enable trigger user");
    const { promise: raised, resolve: raise } = Promise.withResolvers<void>();
    const stop = startStatusKeeper(cloud.database.pool, {
      everyMs: 1,
      queueSignal: {
        raise: (platformId) => {
          if (platformId === own.id) raise();
        },
        raiseAll: () => undefined,
        hear: () => undefined,
        waiting: () => new Map(),
        wait: () => Promise.resolve(),
        now: () => 0,
      },
      log: { info: () => undefined, error: (error) => Promise.reject(error) },
    });
    await raised;
    await stop();
    expect((await historyOf(own.id)).at(-1)?.status).toBe("available");
  });

  test("is unreachable when no worker has asked, until one asks", async () => {
    const own = await register();
    const worker = await cloud.addWorker(own.id);
    await age(own.id, 4 * minuteMs);
    expect(await own.statusOf()).toBe("available");
    await age(own.id, 2 * minuteMs);
    expect(await own.statusOf()).toBe("unreachable");
    await followPlatforms(cloud.database.pool);
    await call(fetchJob, worker, { query: {} });
    expect(await own.statusOf()).toBe("available");
    expect((await historyOf(own.id)).map(({ status }) => status)).toEqual([
      "available",
      "unreachable",
      "available",
    ]);
    await call(updatePlatform, admin.login, { params: own.params, body: { unreachable_after_s: null } });
    await cloud.database.pool.query(
      "update platforms set last_fetch_at = now() - interval '9 days' where id = $1",
      [own.id],
    );
    expect(await own.statusOf()).toBe("available");
  });

  test("is available while a worker computes for longer than it may be silent", async () => {
    const own = await register();
    const worker = await cloud.addWorker(own.id);
    const body = { platform_name: own.name, job_name: "j", payload };
    await call(submitJob, cloud.owner.jobs, { body });
    const job = await call(fetchJob, worker, { query: {} });
    await cloud.database.pool.query(
      "update platforms set last_fetch_at = now() - interval '1 hour' where id = $1",
      [own.id],
    );
    expect(await own.statusOf()).toBe("available");
    await cloud.database.pool.query("update jobs set lease_until = now() where id = $1", [job!.job_id]);
    expect(await own.statusOf()).toBe("unreachable");
  });

  test("costs one write in half a minute, however often workers ask", async () => {
    const own = await register();
    await cloud.addWorker(own.id);
    const { pool } = cloud.database;
    const { rows } = await pool.query<{ credential_id: number }>(
      "select credential_id from worker_key_platforms where platform_id = $1",
      [own.id],
    );
    const versionOf = async () => {
      const { rows: versions } = await pool.query("select xmin::text from platforms where id = $1", [own.id]);
      return versions[0].xmin;
    };
    const ask = () => listPlatformsOfKey(pool, rows[0]!.credential_id, undefined);
    expect(await ask()).toEqual([{ id: own.id, legacy_single: false }]);
    const written = await versionOf();
    for (let i = 0; i < 5; i++) await ask();
    expect(await versionOf()).toBe(written);
    await pool.query("update platforms set last_fetch_at = now() - interval '31 seconds' where id = $1", [
      own.id,
    ]);
    const old = await versionOf();
    await ask();
    expect(await versionOf()).not.toBe(old);
  });

  test("is shared between statuses by hours and days, of which the past never changes", async () => {
    const own = await register();
    const { pool } = cloud.database;
    await call(updatePlatform, admin.login, { params: own.params, body: { unreachable_after_s: null } });
    await pool.query("alter table platform_statuses disable trigger user");
    await pool.query("delete from platform_statuses where platform_id = $1", [own.id]);
    await pool.query("alter table platform_statuses enable trigger user");
    await pool.query(
      `insert into platform_statuses (platform_id, at, status) values
         ($1, '2026-03-01T12:00:00Z', 'available'), ($1, '2026-03-02T06:00:00Z', 'maintenance'),
         ($1, '2026-03-02T06:15:00Z', 'unreachable'), ($1, '2026-03-02T12:15:00Z', 'available')`,
      [own.id],
    );
    const now = new Date("2026-03-02T18:00:00Z");
    const none = { available: 0, maintenance: 0, unreachable: 0, retired: 0 };
    expect(await readStatusShares(pool, own.id, { per: "day", days: 30, now })).toEqual([
      { ...none, start: "2026-03-01T00:00:00.000000Z", seconds: 12 * 3600, available: 1 },
      {
        ...none,
        start: "2026-03-02T00:00:00.000000Z",
        seconds: 18 * 3600,
        available: (18 - 6.25) / 18,
        maintenance: 0.25 / 18,
        unreachable: 6 / 18,
      },
    ]);
    const hours = await readStatusShares(pool, own.id, { per: "hour", days: 1, now });
    expect(hours).toHaveLength(24);
    expect(hours[12]).toEqual({
      ...none,
      start: "2026-03-02T06:00:00.000000Z",
      seconds: 3600,
      maintenance: 0.25,
      unreachable: 0.75,
    });
    for (const statement of [
      "update platform_statuses set status = 'available'",
      "delete from platform_statuses",
    ]) {
      await expect(pool.query(statement)).rejects.toThrow("only ever added to");
    }
  });

  test("of the last days is told to whoever may use it", async () => {
    const own = await register();
    await age(own.id, 36 * hourMs);
    await cloud.database.pool.query("update platforms set last_fetch_at = now() where id = $1", [own.id]);
    const read = (query = {}) =>
      call(getPlatformAvailability, cloud.owner.jobs, { params: { name: own.name }, query });
    const days = await read();
    expect(days).toMatchObject({ platform_name: own.name, per: "day", total: { available: 1, retired: 0 } });
    expect(days.shares.length).toBeGreaterThanOrEqual(2);
    expect((await read({ per: "hour", days: 1 })).shares.length).toBeGreaterThanOrEqual(24);
    const stranger = await cloud.addAccount({ permitted: false });
    const refused = call(getPlatformAvailability, stranger.jobs, { params: { name: own.name } });
    expect(await codeOf(refused)).toBe("platform_not_found");
  });
});
