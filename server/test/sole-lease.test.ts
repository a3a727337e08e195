import {
  call,
  completeJob,
  failJob,
  fetchJob,
  getJob,
  getManagedPlatform,
  releaseLease,
  renewLease,
  updatePlatform,
} from "@corbenic/protocol";
import { afterAll, beforeAll, expect, test } from "vitest";
import { codeOf } from "./refusal.ts";
import { type Account, describeOnBoth, results, type TestCloud } from "./test-cloud.ts";

describeOnBoth("workers that do not name their leases", (openCloud) => {
  let cloud: TestCloud;
  let admin: Account;
  beforeAll(async () => {
    cloud = await openCloud();
    admin = await cloud.addAccount({ admin: true });
  });
  afterAll(() => cloud.close());

  const allow = (legacy_single: boolean) =>
    call(updatePlatform, admin.login, { params: { id: cloud.platformId }, body: { legacy_single } });
  const fetchNext = () => call(fetchJob, cloud.worker, { query: {} });

  test("are refused on a platform that is not for them, with what to do", async () => {
    await cloud.submit();
    const job = (await fetchNext())!;
    const params = { id: job.job_id };
    for (const report of [
      () => call(renewLease, cloud.worker, { params, body: {} }),
      () => call(completeJob, cloud.worker, { params, body: { results } }),
      () => call(failJob, cloud.worker, { params, body: { message: "no" } }),
      () => call(releaseLease, cloud.worker, { params, body: {} }),
    ]) {
      const error = await report().catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code: "invalid_request", detail: { path: "lease_token" } });
    }
    const body = { lease_token: job.lease_token, message: "over" };
    expect(await call(failJob, cloud.worker, { params, body })).toEqual({ status: "error" });
  });

  test("are allowed by administrators alone", async () => {
    const change = (by: typeof cloud.worker) =>
      codeOf(call(updatePlatform, by, { params: { id: cloud.platformId }, body: { legacy_single: true } }));
    expect(await change(cloud.worker)).toBe("not_allowed");
    expect(await change(admin.login)).toBe("done");
    const params = { id: cloud.platformId };
    expect((await call(getManagedPlatform, cloud.worker, { params })).legacy_single).toBe(true);
  });

  test("have one job at a time for each key, whatever they ask at once", async () => {
    await allow(true);
    for (let i = 0; i < 3; i++) await cloud.submit();
    const taken = (await Promise.all([1, 2, 3, 4].map(() => fetchNext()))).filter((job) => job !== undefined);
    expect(taken).toHaveLength(1);
    const params = { id: taken[0]!.job_id };
    expect(await call(renewLease, cloud.worker, { params, body: { progress: 0.5 } })).toMatchObject({
      status: "running",
    });
    expect(await call(completeJob, cloud.worker, { params, body: { results } })).toEqual({
      status: "completed",
    });
    const next = (await fetchNext())!;
    expect(next.job_id).not.toBe(params.id);
    const late = { params, body: { message: "late" } };
    expect(await codeOf(call(failJob, cloud.worker, late))).toBe("lease_lost");
    await call(releaseLease, cloud.worker, { params: { id: next.job_id }, body: {} });
  });

  test("report of no job that another key holds", async () => {
    await allow(true);
    await cloud.submit();
    const job = (await fetchNext())!;
    const other = await cloud.addWorker(cloud.platformId);
    const report = { params: { id: job.job_id }, body: { results } };
    expect(await codeOf(call(completeJob, other, report))).toBe("lease_lost");
    expect(await codeOf(call(completeJob, cloud.worker, report))).toBe("done");
  });

  test("get one attempt for each job", async () => {
    await allow(true);
    await cloud.database.pool.query("delete from jobs");
    const id = await cloud.submit();
    expect((await call(getJob, cloud.owner.login, { params: { id } })).attempts_max).toBe(1);
    await fetchNext();
    const body = { message: "Broken.", retryable: true };
    expect(await call(failJob, cloud.worker, { params: { id }, body })).toEqual({ status: "error" });
  });
});
