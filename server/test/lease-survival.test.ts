import { createHash, randomUUID } from "node:crypto";
import {
  type CallTarget,
  call,
  cancelJob,
  completeJob,
  failJob,
  fetchJob,
  getJobResult,
  getJobStatus,
  getManagedPlatform,
  type LeasedJob,
  releaseLease,
  renewLease,
  stageResult,
  submitJob,
  updatePlatform,
} from "@corbenic/protocol";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { expireJobs, keepTime, reapLeases } from "../src/leases/reap-store.ts";
import { beginEpoch } from "../src/maintenance/epoch.ts";
import { verifyLifecycle } from "../src/maintenance/verify-lifecycle.ts";
import { announcePlatform, permitUser } from "../src/platforms/platform-store.ts";
import { describeOnBoth, payload, results, type TestCloud } from "./test-cloud.ts";

const grace = { retryDelayMs: 5_000, cancelGraceMs: 30_000, random: () => 0.5 };

describeOnBoth("leases survive", (openCloud) => {
  let cloud: TestCloud;
  let secondWorker: CallTarget;
  let movedS = 0;
  beforeAll(async () => {
    cloud = await openCloud();
    secondWorker = await cloud.addWorker(cloud.platformId);
  });
  afterEach(async () => {
    const { findings } = await verifyLifecycle(cloud.database.pool);
    expect(findings).toEqual([]);
    await cloud.database.pool.query(
      "update jobs set state = 'canceled', ended_at = now() where state in ('waiting', 'suspended')",
    );
    await cloud.database.pool.query("delete from jobs");
    movedS = 0;
    await moveClock(0);
  });
  afterAll(() => cloud.close());

  /** Moves the clock of the database, and with it time, by so many seconds. */
  async function moveClock(seconds: number): Promise<void> {
    movedS += seconds;
    await cloud.database.pool.query(
      `create or replace function cloud_now() returns timestamptz language sql volatile parallel safe
       as 'select clock_timestamp() + interval ''${movedS} seconds'''`,
    );
  }

  const codeOf = (promise: Promise<unknown>) =>
    promise.then(
      () => "done",
      (error: { code?: string }) => error.code,
    );
  const handle = (job: LeasedJob) => ({
    params: { id: job.job_id },
    lease: { lease_token: job.lease_token },
  });
  const statusOf = (id: string) => call(getJobStatus, cloud.owner.jobs, { params: { id } });
  const fetchNext = (worker = cloud.worker) => call(fetchJob, worker, { query: {} });
  const reap = () => reapLeases(cloud.database.pool, grace);
  async function leased(worker = cloud.worker) {
    await cloud.submit();
    const job = await fetchNext(worker);
    return { job: job!, ...handle(job!) };
  }

  describe("lost answers:", () => {
    test("a fetch sent again under its id gives the same job and lease, and costs no attempt", async () => {
      const query = { fetch_id: randomUUID() };
      await cloud.submit();
      const first = await call(fetchJob, cloud.worker, { query });
      const again = await call(fetchJob, cloud.worker, { query });
      expect(again).toMatchObject({ job_id: first!.job_id, lease_token: first!.lease_token, attempt: 1 });
      expect(again!.lease_ttl_s).toBeLessThanOrEqual(60);
      const { params, lease } = handle(again!);
      await call(completeJob, cloud.worker, { params, body: { ...lease, results } });
      expect(await call(fetchJob, cloud.worker, { query })).toBeUndefined();
    });

    test("a fetch id means nothing under another key, and its next lease has another token", async () => {
      const query = { fetch_id: randomUUID() };
      await cloud.submit();
      const first = await call(fetchJob, cloud.worker, { query });
      expect(await call(fetchJob, secondWorker, { query })).toBeUndefined();
      const { params, lease } = handle(first!);
      await call(releaseLease, cloud.worker, { params, body: lease });
      const second = await call(fetchJob, cloud.worker, { query });
      expect(second).toMatchObject({ job_id: first!.job_id, attempt: 2 });
      expect(second!.lease_token).not.toBe(first!.lease_token);
      expect(await codeOf(call(completeJob, cloud.worker, { params, body: { ...lease, results } }))).toBe(
        "lease_lost",
      );
      await call(releaseLease, cloud.worker, { params, body: handle(second!).lease });
    });

    test("a fetch that waits twice under one id is given one job", async () => {
      const query = { fetch_id: randomUUID(), wait_s: 1 };
      const both = [call(fetchJob, cloud.worker, { query }), call(fetchJob, cloud.worker, { query })];
      const ids = [await cloud.submit(), await cloud.submit()];
      const [one, other] = await Promise.all(both);
      expect(one!.lease_token).toBe(other!.lease_token);
      expect(ids).toContain(one!.job_id);
      const { rows } = await cloud.database.pool.query(
        "select count(*)::int as n from jobs where state = 'running'",
      );
      expect(rows[0].n).toBe(1);
      const { params, lease } = handle(one!);
      await call(releaseLease, cloud.worker, { params, body: lease });
    });

    test("every report may be repeated, and is answered as it was at first", async () => {
      for (const [endpoint, body, state] of [
        [completeJob, { results }, "completed"],
        [failJob, { message: "broken", retryable: false }, "error"],
        [failJob, { message: "flaky", retryable: true }, "waiting"],
        [releaseLease, {}, "waiting"],
      ] as const) {
        const { params, lease } = await leased();
        const send = () => call(endpoint, cloud.worker, { params, body: { ...lease, ...body } as never });
        expect(await send()).toEqual({ status: state });
        expect(await send()).toEqual({ status: state });
        if (state === "waiting") await call(cancelJob, cloud.owner.jobs, { params });
        expect(await send()).toEqual({ status: state });
      }
    });

    test("another report under the same lease changes nothing", async () => {
      const { params, lease } = await leased();
      await call(completeJob, cloud.worker, { params, body: { ...lease, results } });
      const fail = { ...lease, message: "after all", retryable: false };
      expect(await codeOf(call(failJob, cloud.worker, { params, body: fail }))).toBe("result_conflict");
      const failed = await leased();
      await call(failJob, cloud.worker, { params: failed.params, body: { ...failed.lease, message: "no" } });
      const late = call(completeJob, cloud.worker, {
        params: failed.params,
        body: { ...failed.lease, results },
      });
      expect(await codeOf(late)).toBe("lease_lost");
    });
  });

  describe("workers that die:", () => {
    test("a job that two workers did not survive ends, for whatever kills workers must not go on", async () => {
      const { params } = await leased();
      await moveClock(61);
      expect(await reap()).toMatchObject([{ state: "waiting" }]);
      await moveClock(60);
      await fetchNext(secondWorker);
      await moveClock(61);
      expect(await reap()).toMatchObject([{ state: "error" }]);
      expect((await statusOf(params.id)).status_message).toBe("It stopped its worker twice.");
    });

    test("the platform of such a job is flagged, once, until an administrator takes the flag away", async () => {
      const { login } = await cloud.addAccount({ admin: true });
      const platform = { params: { id: cloud.platformId } };
      await call(updatePlatform, login, { ...platform, body: { flag: null } });
      const { params } = await leased();
      await moveClock(61);
      await reap();
      await moveClock(60);
      expect((await call(getManagedPlatform, login, platform)).flag).toBeNull();
      await fetchNext(secondWorker);
      await moveClock(61);
      await reap();
      const { flag } = await call(getManagedPlatform, cloud.worker, platform);
      expect(flag).toMatchObject({ job_id: params.id, reason: "A job stopped its worker twice." });
      const raise = call(updatePlatform, cloud.worker, { ...platform, body: { flag: null } });
      expect(await codeOf(raise)).toBe("not_allowed");
      const changed = await call(updatePlatform, login, { ...platform, body: { flag: null } });
      expect(changed.flag).toBeNull();
    });

    test.each([
      ["hardware", "qpu:bench", ["waiting", "error"]],
      ["a simulator", "sim:bench", ["waiting", "waiting", "error"]],
    ])("%s gets as many attempts as it may", async (_, name, states) => {
      const { pool } = cloud.database;
      const specs = { available_commands: ["probs"] };
      const platformId = await announcePlatform(pool, { name, type: "test", specs });
      await permitUser(pool, cloud.owner.userId, platformId);
      const worker = await cloud.addWorker(platformId);
      await call(submitJob, cloud.owner.jobs, { body: { platform_name: name, payload } });
      for (const state of states) {
        const { params, lease } = handle((await fetchNext(worker))!);
        const body = { ...lease, message: "Broken.", retryable: true };
        expect(await call(failJob, worker, { params, body })).toEqual({ status: state });
        await moveClock(600);
      }
    });

    test("one worker of several that dies twice is taken for broken itself", async () => {
      const { params } = await leased();
      for (const state of ["waiting", "waiting", "error"]) {
        await moveClock(61);
        expect(await reap()).toMatchObject([{ state }]);
        await moveClock(600);
        await fetchNext();
      }
      expect((await statusOf(params.id)).status_message).toBe("Its worker was lost in 3 attempts.");
    });

    test("the pause before another attempt doubles, give or take a half", async () => {
      const { params, lease } = await leased();
      const delayOf = async () => {
        const { rows } = await cloud.database.pool.query<{ s: number }>(
          "select extract(epoch from not_before - cloud_now())::float8 as s from jobs where id = $1",
          [params.id],
        );
        return rows[0]!.s;
      };
      await call(failJob, cloud.worker, { params, body: { ...lease, message: "flaky", retryable: true } });
      const first = await delayOf();
      expect(first).toBeGreaterThan(2);
      expect(first).toBeLessThan(7.5);
      expect(await fetchNext()).toBeUndefined();
      await moveClock(10);
      const second = handle((await fetchNext())!);
      await call(failJob, cloud.worker, {
        params,
        body: { ...second.lease, message: "flaky", retryable: true },
      });
      expect(await delayOf()).toBeGreaterThan(4.5);
      expect(await delayOf()).toBeLessThan(15);
    });

    test("a job that is handed back for ever ends all the same", async () => {
      const id = await cloud.submit();
      for (let count = 1; count <= 10; count++) {
        const { params, lease } = handle((await fetchNext())!);
        const { status } = await call(releaseLease, cloud.worker, { params, body: lease });
        expect(status).toBe(count < 10 ? "waiting" : "error");
      }
      expect((await statusOf(id)).status_message).toMatch(
        /handed it back too often: it was given out 10 times/,
      );
    });
  });

  describe("time:", () => {
    test("a job may not run longer than it may, however its lease is renewed", async () => {
      const { params, lease } = await leased();
      await moveClock(3_600 + 20);
      await call(renewLease, cloud.worker, { params, body: lease });
      expect(await reap()).toEqual([]);
      await moveClock(41);
      await call(renewLease, cloud.worker, { params, body: lease });
      expect(await reap()).toMatchObject([{ id: params.id, state: "error" }]);
      expect((await statusOf(params.id)).status_message).toMatch(/ran longer than the 3600 seconds/);
      expect(await codeOf(call(renewLease, cloud.worker, { params, body: lease }))).toBe("lease_lost");
    });

    test("a cancellation that nobody acknowledges is done all the same", async () => {
      const { params, lease } = await leased();
      await call(cancelJob, cloud.owner.jobs, { params });
      await moveClock(10);
      await call(renewLease, cloud.worker, { params, body: lease });
      expect(await reap()).toEqual([]);
      await moveClock(21);
      expect(await reap()).toMatchObject([{ state: "canceled" }]);
      expect(await codeOf(call(completeJob, cloud.worker, { params, body: { ...lease, results } }))).toBe(
        "lease_lost",
      );
    });

    test("a cloud that was away costs no job an attempt", async () => {
      await keepTime(cloud.database.pool, 15_000);
      const { params, lease } = await leased();
      await moveClock(7_200);
      expect(await keepTime(cloud.database.pool, 15_000)).toMatchObject({ leases_moved: 1 });
      await cloud.database.pool.query("update jobs set max_duration_s = 100000");
      expect(await reap()).toEqual([]);
      await call(completeJob, cloud.worker, { params, body: { ...lease, results } });
      expect(await keepTime(cloud.database.pool, 15_000)).toMatchObject({ leases_moved: 0 });
    });

    test("a clock that goes back keeps no lease alive and no job from running", async () => {
      await keepTime(cloud.database.pool, 15_000);
      const dead = await leased();
      const retried = await leased();
      const body = { ...retried.lease, message: "flaky", retryable: true };
      await call(failJob, cloud.worker, { params: retried.params, body });
      await moveClock(-3_600);
      const fresh = await cloud.submit();
      expect(await fetchNext()).toMatchObject({ job_id: fresh });
      expect(await keepTime(cloud.database.pool, 15_000)).toMatchObject({ leases_moved: 1 });
      await moveClock(61);
      expect((await reap()).map(({ id }) => id)).toContain(dead.params.id);
      await moveClock(300);
      const due = [await fetchNext(), await fetchNext(), await fetchNext()].map((job) => job?.job_id);
      expect(due).toContain(retried.params.id);
    });

    test("a job does not wait for ever", async () => {
      const id = await cloud.submit();
      await moveClock(30 * 86_400 - 60);
      expect(await expireJobs(cloud.database.pool, 30)).toBe(0);
      await moveClock(120);
      expect(await expireJobs(cloud.database.pool, 30)).toBe(1);
      expect(await statusOf(id)).toMatchObject({
        status: "error",
        status_message: "It waited longer than the 30 days a job may wait.",
      });
    });

    test("a restored database: what workers hold of another history counts no more, and costs no attempt", async () => {
      const running = await leased();
      const canceled = await leased();
      await call(cancelJob, cloud.owner.jobs, { params: canceled.params });
      const { leasesEnded } = await beginEpoch(cloud.database.pool);
      expect(leasesEnded).toBe(2);
      for (const { params, lease } of [running, canceled]) {
        expect(await codeOf(call(completeJob, cloud.worker, { params, body: { ...lease, results } }))).toBe(
          "lease_lost",
        );
      }
      expect((await statusOf(running.params.id)).status).toBe("waiting");
      expect((await statusOf(canceled.params.id)).status).toBe("canceled");
      const { rows } = await cloud.database.pool.query("select attempts_counted from jobs where id = $1", [
        running.params.id,
      ]);
      expect(rows).toEqual([{ attempts_counted: 0 }]);
    });
  });

  describe("large results:", () => {
    const whole = JSON.stringify({
      results: `:PCVL:BSDistribution:{${"é|1,0>=0.5;".repeat(50)}}`,
      global_perf: 1,
    });
    const digest = (text: string) => createHash("sha256").update(text).digest("hex");
    const halves = [whole.slice(0, 100), whole.slice(100)] as const;
    const stage = (job: Awaited<ReturnType<typeof leased>>, number: number, part: string) =>
      call(stageResult, cloud.worker, { params: job.params, body: { ...job.lease, number, part } });
    const publish = (job: Awaited<ReturnType<typeof leased>>, sha256 = digest(whole)) =>
      call(completeJob, cloud.worker, { params: job.params, body: { ...job.lease, sha256 } });

    test("arrive in parts, in any order and repeated, and are seen whole or not at all", async () => {
      const job = await leased();
      await stage(job, 1, halves[1]);
      await stage(job, 0, "wrong");
      expect(await codeOf(publish(job))).toBe("result_incomplete");
      await stage(job, 0, halves[0]);
      expect(await stage(job, 0, halves[0])).toEqual({ bytes: Buffer.byteLength(whole) });
      expect(await codeOf(call(getJobResult, cloud.owner.jobs, { params: job.params }))).toBe(
        "job_not_finished",
      );
      expect(await publish(job)).toEqual({ status: "completed" });
      expect(await publish(job)).toEqual({ status: "completed" });
      expect((await call(getJobResult, cloud.owner.jobs, { params: job.params })).results).toBe(whole);
      const { rows } = await cloud.database.pool.query("select 1 from job_result_parts");
      expect(rows).toEqual([]);
    });

    test("that were staged under a lease that is over are gone with it", async () => {
      const job = await leased();
      await stage(job, 0, whole);
      await call(releaseLease, cloud.worker, { params: job.params, body: job.lease });
      expect(await codeOf(stage(job, 0, whole))).toBe("lease_lost");
      const next = (await fetchNext())!;
      expect(await codeOf(publish({ job: next, ...handle(next) }))).toBe("result_incomplete");
    });

    test("with a hole, or beyond the bound, are refused", async () => {
      const job = await leased();
      await stage(job, 0, halves[0]);
      await stage(job, 2, halves[1]);
      expect(await codeOf(publish(job))).toBe("result_incomplete");
      const large = "x".repeat(4 * 1024 * 1024);
      for (let number = 3; number < 10; number++) await stage(job, number, large);
      expect(await codeOf(stage(job, 10, large))).toBe("body_too_large");
    });
  });
});
