import {
  call,
  createMaintenanceWindow,
  deletePlatform,
  fetchJob,
  getJobStatus,
  getManagedPlatform,
  getPlatform,
  getPlatformAvailability,
  listAllPlatforms,
  listPlatforms,
  listPublicPlatforms,
  registerPlatform,
  replacePlatform,
  submitJob,
  updatePlatform,
} from "@corbenic/protocol";
import { afterAll, beforeAll, expect, test } from "vitest";
import { listAuditEvents } from "../src/audit/audit-store.ts";
import { issueCredential } from "../src/credentials/credentials.ts";
import { expireJobsOfDeletedPlatforms } from "../src/platforms/administration-store.ts";
import { permitUser } from "../src/platforms/platform-store.ts";
import { type Administrator, addAdministrator } from "./administrator.ts";
import { codeOf } from "./refusal.ts";
import { describeOnBoth, payload, type TestCloud } from "./test-cloud.ts";

const specs = { available_commands: ["probs"], description: "A test." };

describeOnBoth("a platform", (openCloud) => {
  let cloud: TestCloud;
  let admin: Administrator;
  let names = 0;
  beforeAll(async () => {
    cloud = await openCloud();
    admin = await addAdministrator(cloud);
  });
  afterAll(() => cloud.close());

  const register = async (change: object = {}, name = `sim:p${++names}`) => {
    const { id } = await call(registerPlatform, admin.login, { body: { name, type: "simulator", specs } });
    if (Object.keys(change).length > 0) {
      await call(updatePlatform, admin.login, { params: { id }, body: change });
    }
    return { id, name, params: { id } };
  };
  const auditOf = (id: string) =>
    listAuditEvents(cloud.database.pool, { object: `platform:${id}`, limit: 100 });

  test("is registered by an administrator, and renewed when it is registered again", async () => {
    const body = { platform_name: "qpu:first", type: "physical", specs, worker_id: "w1" };
    const first = await call(registerPlatform, admin.login, { body });
    expect(first).toMatchObject({
      name: "qpu:first",
      type: "physical",
      status: "available",
      visibility: "private",
      limits: {},
      maintenance: null,
      worker_id: "w1",
      last_fetch_at: null,
    });
    expect(first.platform_id).toBe(first.id);
    const renewed = { ...body, specs: { ...specs, available_commands: ["samples"] } };
    const second = await call(registerPlatform, admin.login, { body: renewed });
    expect(second).toMatchObject({ id: first.id, specs: { available_commands: ["samples"] } });
    expect((await auditOf(first.id)).map(({ action }) => action)).toEqual([
      "platform.update",
      "platform.register",
    ]);
  });

  test.each([
    ["a name of no kind", { name: "slos" }, "invalid_request"],
    ["capital letters", { name: "sim:SLOS" }, "invalid_request"],
    ["a key that nobody knows", { name: "sim:x", owner: 1 }, "invalid_request"],
    ["no name", {}, "invalid_request"],
    ["specs that cannot be", { name: "sim:x", specs: { available_commands: [] } }, "invalid_specs"],
  ])("with %s is refused", async (_, body, code) => {
    const refused = await codeOf(call(registerPlatform, admin.login, { body: { specs, ...body } as never }));
    expect(refused).toBe(code);
  });

  test("is announced again by a worker that serves it, and by no other", async () => {
    const own = await register();
    const worker = await cloud.addWorker(own.id);
    const announced = { name: own.name, type: "simulator", specs: { ...specs, detector: "pnr" } };
    expect(await call(registerPlatform, worker, { body: announced })).toMatchObject({
      id: own.id,
      specs: { detector: "pnr" },
    });
    for (const name of ["sim:test", "sim:nobody-has-this"]) {
      expect(await codeOf(call(registerPlatform, worker, { body: { ...announced, name } }))).toBe(
        "not_allowed",
      );
    }
  });

  test("is read and changed by a worker that serves it, in what workers know", async () => {
    const own = await register();
    const other = await register();
    const worker = await cloud.addWorker(own.id);
    const change = { perfs: { "Transmittance (%)": 5 }, specs: { ...specs, detector: "threshold" } };
    expect(await call(updatePlatform, worker, { params: own.params, body: change })).toMatchObject(change);
    const down = { status: "maintenance" as const };
    expect(await call(replacePlatform, worker, { params: own.params, body: down })).toMatchObject(down);
    expect((await call(getManagedPlatform, worker, { params: own.params })).status).toBe("maintenance");

    for (const body of [
      { name: "sim:mine" },
      { visibility: "public" },
      { limits: { shots_max: 1 } },
      { type: "physical" },
      { unreachable_after_s: null },
      { status: "retired" },
    ] as const) {
      expect(await codeOf(call(updatePlatform, worker, { params: own.params, body }))).toBe("not_allowed");
      expect(await codeOf(call(updatePlatform, worker, { params: other.params, body }))).toBe(
        "platform_not_found",
      );
    }
    expect(await codeOf(call(getManagedPlatform, worker, { params: other.params }))).toBe(
      "platform_not_found",
    );
    const { platforms } = await call(listAllPlatforms, worker, {});
    expect(platforms.map(({ id }) => id)).toEqual([own.id]);

    await call(updatePlatform, admin.login, { params: own.params, body: { status: "retired" } });
    const back = { status: "available" as const };
    expect(await codeOf(call(updatePlatform, worker, { params: own.params, body: back }))).toBe(
      "not_allowed",
    );
  });

  test("has limits that are set and lifted one by one, and shown to clients", async () => {
    const own = await register({ limits: { shots_max: 1000, queue_max: 5 } });
    await call(updatePlatform, admin.login, {
      params: own.params,
      body: { limits: { queue_max: null, duration_s_max: 60 } },
    });
    await permitUser(cloud.database.pool, cloud.owner.userId, own.id);
    const shown = await call(getPlatform, cloud.owner.jobs, { params: { name: own.name } });
    expect(shown.limits).toEqual({ shots_max: 1000, duration_s_max: 60 });
    const odd = { limits: { shots_max: 0 } };
    expect(await codeOf(call(updatePlatform, admin.login, { params: own.params, body: odd }))).toBe(
      "invalid_request",
    );
  });

  test("leaves in the audit trail which fields changed, and nothing when none did", async () => {
    const own = await register();
    const update = (body: object) => call(updatePlatform, admin.login, { params: own.params, body });
    await update({ visibility: "public", type: "simulator" });
    await update({ visibility: "public" });
    await update({ specs: { ...specs, description: "x".repeat(10_000) } });
    const [large, change, ...rest] = await auditOf(own.id);
    expect(large?.after).toEqual({ specs: { bytes: expect.any(Number), sha256: expect.any(String) } });
    expect(change).toMatchObject({
      action: "platform.update",
      user_id: admin.userId,
      before: { visibility: "private" },
      after: { visibility: "public" },
    });
    expect(rest.map(({ action }) => action)).toEqual(["platform.register"]);
  });

  test("cannot take the name of another", async () => {
    const [one, two] = [await register(), await register()];
    const taken = call(updatePlatform, admin.login, { params: two.params, body: { name: one.name } });
    expect(await codeOf(taken)).toBe("platform_name_taken");
    const free = await call(updatePlatform, admin.login, {
      params: two.params,
      body: { name: "sim:renamed" },
    });
    expect(free.name).toBe("sim:renamed");
  });

  test("is listed for those who may use it, page by page", async () => {
    const account = await cloud.addAccount({ permitted: false });
    const granted = [await register(), await register(), await register()];
    for (const { id } of granted) await permitUser(cloud.database.pool, account.userId, id);
    const first = await call(listPlatforms, account.jobs, { query: { limit: 2 } });
    const cursor = first.next_cursor ?? "";
    const second = await call(listPlatforms, account.jobs, { query: { limit: 2, cursor } });
    const wanted = granted.map(({ name }) => name).sort();
    expect([...first.platforms, ...second.platforms].map(({ name }) => name)).toEqual(wanted);
    expect(second.next_cursor).toBeNull();
    expect(await codeOf(call(listPlatforms, account.jobs, { query: { cursor: "WzFd" } }))).toBe(
      "invalid_request",
    );

    const all = await call(listPlatforms, admin.login, { query: { limit: 200 } });
    expect(all.platforms.map(({ name }) => name)).toEqual(expect.arrayContaining(["sim:test", ...wanted]));
    expect((await call(listPlatforms, admin.jobs, {})).platforms).toEqual([]);
  });

  test("is out of the reach of a token that is for others", async () => {
    const { pool } = cloud.database;
    const reads = async (platforms: string[]) => {
      const { secret } = await issueCredential(pool, {
        kind: "job",
        label: platforms.join(),
        userId: cloud.owner.userId,
        platforms,
      });
      const token = { ...cloud.anonymous, token: secret };
      const found = await codeOf(call(getPlatform, token, { params: { name: "sim:test" } }));
      const listed = (await call(listPlatforms, token, {})).platforms.some(({ name }) => name === "sim:test");
      return [found, listed];
    };
    for (const patterns of [["*"], ["sim:*"], ["qpu:*", "sim:test"]]) {
      expect(await reads(patterns)).toEqual(["done", true]);
    }
    for (const patterns of [[], ["qpu:*"], ["sim:tes_"], ["sim:%"], ["sim:te"], ["SIM:*"]]) {
      expect(await reads(patterns)).toEqual(["platform_not_found", false]);
    }
  });

  test("that is public is known to everybody, in five words", async () => {
    const own = await register({ visibility: "public", perfs: { secret: 1 } });
    const hidden = await register();
    const { platforms } = await call(listPublicPlatforms, cloud.anonymous, { query: { limit: 200 } });
    expect(platforms.find(({ name }) => name === own.name)).toEqual({
      name: own.name,
      type: "simulator",
      status: "available",
      description: "A test.",
      availability: 1,
    });
    expect(platforms.some(({ name }) => name === hidden.name)).toBe(false);
    const stranger = await cloud.addAccount({ permitted: false });
    const used = call(getPlatform, stranger.jobs, { params: { name: own.name } });
    expect(await codeOf(used)).toBe("platform_not_found");
  });

  test("is found by administrators by what it is", async () => {
    const own = await register({ visibility: "public", type: "annealer", status: "unreachable" });
    for (const query of [
      { type: "annealer" },
      { visibility: "public" },
      { status: "unreachable" },
    ] as const) {
      const { platforms } = await call(listAllPlatforms, admin.login, { query: { ...query, limit: 200 } });
      expect(platforms.map(({ id }) => id)).toContain(own.id);
      expect(platforms.map(({ name }) => name)).not.toContain("sim:test");
    }
  });

  test("that is deleted ends its waiting jobs, gives its name back and keeps its past", async () => {
    const own = await register();
    await permitUser(cloud.database.pool, cloud.owner.userId, own.id);
    const worker = await cloud.addWorker(own.id);
    const body = { platform_name: own.name, job_name: "j", payload };
    const submit = async () => (await call(submitJob, cloud.owner.jobs, { body })).job_id;
    const stateOf = (id: string) => call(getJobStatus, cloud.owner.jobs, { params: { id } });
    const running = await submit();
    expect(await call(fetchJob, worker, { query: {} })).toMatchObject({ job_id: running });
    const [waiting, suspended] = [await submit(), await submit()];
    await cloud.database.pool.query("update jobs set state = 'suspended' where id = $1", [suspended]);

    const answer = await call(deletePlatform, admin.login, { params: own.params });
    expect(answer.jobs_ended).toBe(2);
    for (const id of [waiting, suspended]) {
      const message = `The platform ${own.name} was deleted.`;
      expect(await stateOf(id)).toMatchObject({ status: "error", status_message: message });
      const { rows } = await cloud.database.pool.query(
        "select transition, actor, message from job_events where job_id = $1 order by id desc limit 1",
        [id],
      );
      expect(rows).toEqual([{ transition: "expire", actor: "system", message }]);
    }
    expect((await stateOf(running)).status).toBe("running");

    for (const gone of [
      () => call(deletePlatform, admin.login, { params: own.params }),
      () => call(getManagedPlatform, admin.login, { params: own.params }),
      () => call(getPlatform, cloud.owner.jobs, { params: { name: own.name } }),
      () => call(fetchJob, worker, { query: {} }),
      () => call(submitJob, cloud.owner.jobs, { body }),
    ]) {
      expect(await codeOf(gone())).toBe("platform_not_found");
    }
    expect((await register({}, own.name)).id).not.toBe(own.id);
    const { rows: history } = await cloud.database.pool.query(
      "select status from platform_statuses where platform_id = $1 order by id",
      [own.id],
    );
    expect(history).toEqual([{ status: "available" }, { status: "retired" }]);

    // The worker dies: its job waits again, for nobody.
    await cloud.database.pool.query(
      `update jobs set state = 'waiting', lease_hash = null, lease_until = null, lease_key_id = null where id = $1`,
      [running],
    );
    expect(await expireJobsOfDeletedPlatforms(cloud.database.pool)).toBe(1);
    expect((await stateOf(running)).status).toBe("error");
  });

  test("that is not there answers alike, whatever is asked of it", async () => {
    const params = { id: "3f0f1c1e-7c1b-4f43-9a53-2f1d0f6f7a10" };
    const window = { start: "2030-01-01T00:00:00Z", end: "2030-01-02T00:00:00Z" };
    for (const asked of [
      () => call(getManagedPlatform, admin.login, { params }),
      () => call(updatePlatform, admin.login, { params, body: { type: "simulator" } }),
      () => call(deletePlatform, admin.login, { params }),
      () => call(createMaintenanceWindow, admin.login, { params, body: window }),
      () => call(getPlatformAvailability, cloud.owner.jobs, { params: { name: "sim:none" } }),
    ]) {
      expect(await codeOf(asked())).toBe("platform_not_found");
    }
  });
});
