import { bindWorkerKey, call, completeJob, listWorkers, renewLease } from "@corbenic/protocol";
import { afterAll, beforeAll, expect, test } from "vitest";
import { issueCredential } from "../src/credentials/credentials.ts";
import { type Administrator, addAdministrator } from "./administrator.ts";
import { describeOnBoth, results, type TestCloud } from "./test-cloud.ts";

describeOnBoth("workers", (openCloud) => {
  let cloud: TestCloud;
  let admin: Administrator;
  beforeAll(async () => {
    cloud = await openCloud();
    admin = await addAdministrator(cloud);
  });
  afterAll(() => cloud.close());
  const list = async () => (await call(listWorkers, admin.login, { query: { limit: 200 } })).workers;

  test("are listed with the job that each runs and its last heartbeat", async () => {
    const id = await cloud.submit();
    const { lease_token } = await cloud.lease();
    const [before] = (await list()).flatMap(({ jobs }) => jobs);
    expect(before).toMatchObject({ job_id: id, platform_name: "sim:test", attempt: 1, progress: 0 });
    await call(renewLease, cloud.worker, { params: { id }, body: { lease_token, progress: 0.25 } });
    const [after] = (await list()).flatMap(({ jobs }) => jobs);
    expect(after).toMatchObject({ job_id: id, progress: 0.25, started_at: before!.started_at });
    expect(after!.heartbeat_at! > before!.heartbeat_at!).toBe(true);
    await call(completeJob, cloud.worker, { params: { id }, body: { lease_token, results } });
    expect((await list()).flatMap(({ jobs }) => jobs)).toEqual([]);
  });

  test("are those of keys that still work, with the platforms that they serve", async () => {
    const { pool } = cloud.database;
    const issue = () => issueCredential(pool, { kind: "worker", label: "lab", userId: admin.userId });
    const [working, revoked] = [await issue(), await issue()];
    await call(bindWorkerKey, admin.login, {
      params: { id: working.id },
      body: { platform_ids: [cloud.platformId] },
    });
    await pool.query("update credentials set revoked_at = clock_timestamp() where id = $1", [revoked.id]);
    const workers = await list();
    expect(workers.find(({ api_key_id }) => api_key_id === working.id)).toMatchObject({
      label: "lab",
      platforms: ["sim:test"],
      jobs: [],
      last_used_at: null,
    });
    expect(workers.map(({ api_key_id }) => api_key_id)).not.toContain(revoked.id);
  });
});
