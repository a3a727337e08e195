import {
  call,
  createMaintenanceWindow,
  getPlatformPerfs,
  listPlatformMaintenance,
  registerPlatform,
  updatePlatform,
} from "@corbenic/protocol";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readPerfsHistory } from "../src/platforms/perfs-history-store.ts";
import { permitUser } from "../src/platforms/platform-store.ts";
import { type Administrator, addAdministrator } from "./administrator.ts";
import { codeOf } from "./refusal.ts";
import { describeOnBoth, type TestCloud } from "./test-cloud.ts";

const dayMs = 86_400_000;

describeOnBoth("the history of a platform", (openCloud) => {
  let cloud: TestCloud;
  let admin: Administrator;
  let names = 0;
  beforeAll(async () => {
    cloud = await openCloud();
    admin = await addAdministrator(cloud);
  });
  afterAll(() => cloud.close());

  async function register() {
    const name = `qpu:h${++names}`;
    const { id } = await call(registerPlatform, admin.login, {
      body: { name, specs: { available_commands: ["samples"] } },
    });
    await permitUser(cloud.database.pool, cloud.owner.userId, id);
    const measure = (perfs: Record<string, unknown>) =>
      call(updatePlatform, admin.login, { params: { id }, body: { perfs } });
    /** As if all that is kept had been measured so much earlier. */
    const age = (by: string) =>
      cloud.database.pool.query("update platform_perfs set at = at - $2::interval where platform_id = $1", [
        id,
        by,
      ]);
    const read = (query = {}) => call(getPlatformPerfs, cloud.owner.jobs, { params: { name }, query });
    return { id, name, measure, age, read };
  }

  test("has a snapshot of perfs whenever they change, of those that are numbers", async () => {
    const { name, measure, age, read } = await register();
    expect(await read()).toEqual({ platform_name: name, snapshots: [] });
    await measure({ "Transmittance (%)": 8.1, note: "cold" });
    await age("1 day");
    await measure({ "Transmittance (%)": 7.9 });
    await measure({ "Transmittance (%)": 7.9 });
    const { snapshots } = await read();
    expect(snapshots.map(({ perfs }) => perfs)).toEqual([
      { "Transmittance (%)": 8.1 },
      { "Transmittance (%)": 7.9 },
    ]);
    expect(snapshots[0]!.at < snapshots[1]!.at).toBe(true);
  });

  test("keeps the last of what changes within a minute, and nothing for over 90 days", async () => {
    const { id, measure, age, read } = await register();
    await measure({ clock: 1 });
    await measure({ clock: 2 });
    expect((await read()).snapshots.map(({ perfs }) => perfs)).toEqual([{ clock: 2 }]);
    await age("91 days");
    await measure({ clock: 3 });
    const { rows } = await cloud.database.pool.query(
      "select perfs from platform_perfs where platform_id = $1",
      [id],
    );
    expect(rows).toEqual([{ perfs: { clock: 3 } }]);
  });

  test("is shown evenly in as many snapshots as are asked for, the last of each stretch", async () => {
    const { id, read } = await register();
    const until = new Date("2026-03-31T00:00:00Z");
    await cloud.database.pool.query(
      `insert into platform_perfs (platform_id, at, perfs)
       select $1, $2::timestamptz - make_interval(hours => hour), jsonb_build_object('hour', hour)
         from generate_series(0, 239) hour`,
      [id, until],
    );
    const shown = await readPerfsHistory(cloud.database.pool, id, { days: 10, points: 10, now: until });
    expect(shown.map(({ perfs }) => perfs.hour)).toEqual([216, 192, 168, 144, 120, 96, 72, 48, 24, 0]);
    const all = await readPerfsHistory(cloud.database.pool, id, { days: 1, points: 500, now: until });
    expect(all).toHaveLength(24);
    expect((await read({ days: 1 })).snapshots).toEqual([]);
  });

  test("tells its users of the maintenance windows that touch a time, by their starts", async () => {
    const { id, name } = await register();
    const fromNow = (days: number) => new Date(Date.now() + days * dayMs).toISOString();
    const plan = (start: number, end: number, reason: string) =>
      call(createMaintenanceWindow, admin.login, {
        params: { id },
        body: { start: fromNow(start), end: fromNow(end), reason },
      });
    await plan(40, 41, "new source");
    await plan(-1, 1, "calibration");
    await plan(200, 201, "move");
    const reasons = async (query = {}) => {
      const { windows } = await call(listPlatformMaintenance, cloud.owner.jobs, { params: { name }, query });
      return windows.map(({ reason }) => reason);
    };
    expect(await reasons()).toEqual(["calibration", "new source"]);
    expect(await reasons({ start: fromNow(2), end: fromNow(300) })).toEqual(["new source", "move"]);
    expect(await reasons({ start: fromNow(2), end: fromNow(3) })).toEqual([]);
    expect(
      await codeOf(call(listPlatformMaintenance, cloud.owner.jobs, { params: { name: "qpu:none" } })),
    ).toBe("platform_not_found");
  });
});
