import { randomUUID } from "node:crypto";
import {
  call,
  cancelJob,
  cancelJobByOlderPath,
  cancelJobs,
  completeJob,
  failJob,
  fetchJob,
  getJob,
  getJobResult,
  getJobResultByOlderPath,
  getJobStatus,
  getJobStatusByOlderPath,
  renewLease,
  requeueJob,
  rerunJob,
  rerunJobByOlderPath,
  resumeJob,
  submitJobByOlderPath,
  suspendJob,
} from "@corbenic/protocol";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { codeOf } from "./refusal.ts";
import { type Account, describeOnBoth, payload, results, type TestCloud } from "./test-cloud.ts";

describeOnBoth("a job", (openCloud) => {
  let cloud: TestCloud;
  let admin: Account;
  beforeAll(async () => {
    cloud = await openCloud({ intermediateBytesMax: 200, intermediateResultsMax: 3 });
    admin = await cloud.addAccount({ admin: true, permitted: false });
  });
  afterAll(() => cloud.close());

  const statusOf = (id: string, by = cloud.owner.jobs) => call(getJobStatus, by, { params: { id } });
  async function leased() {
    const id = await cloud.submit();
    const job = await cloud.lease();
    expect(job.job_id).toBe(id);
    return { id, params: { id }, body: { lease_token: job.lease_token } };
  }

  test("is the same by the older paths and by the current ones", async () => {
    const { jobs } = cloud.owner;
    const body = { platform_name: "sim:test", job_name: "older", payload };
    const { job_id: id } = await call(submitJobByOlderPath, jobs, { body });
    const params = { id };
    expect(await call(getJobStatusByOlderPath, jobs, { params })).toEqual(await statusOf(id));
    expect(await codeOf(call(getJobResultByOlderPath, jobs, { params }))).toBe("job_not_finished");
    expect(await call(cancelJobByOlderPath, jobs, { params })).toEqual(
      await call(cancelJob, jobs, { params }),
    );
    const again = await call(rerunJobByOlderPath, jobs, { params });
    const otherwise = { params, body: { job_name: "changed", payload: { ...payload, max_shots: 7 } } };
    const changed = await call(rerunJob, jobs, otherwise);
    expect(await statusOf(again.job_id)).toMatchObject({ name: "older" });
    expect(await statusOf(changed.job_id)).toMatchObject({ name: "changed", shots: 7 });
    const both = [again.job_id, changed.job_id];
    await call(cancelJobs, jobs, { body: { job_ids: both } });
  });

  test("that runs again is admitted anew, and only after it failed", async () => {
    const { jobs } = cloud.owner;
    const id = await cloud.submit();
    const params = { id };
    expect(await codeOf(call(rerunJob, jobs, { params }))).toBe("job_not_failed");
    await call(cancelJob, jobs, { params });
    const rerun = (body: object) => codeOf(call(rerunJob, jobs, { params, body }));
    expect(await rerun({ payload: { ...payload, command: "samples" } })).toBe("command_not_available");
    expect(await rerun({ platform_id: randomUUID() })).toBe("platform_not_found");
  });

  describe("among many to cancel", () => {
    test("has an outcome of its own, in the order of the ids", async () => {
      const waiting = await cloud.submit();
      const running = await leasedAfter(waiting);
      const over = await cloud.submit();
      await call(cancelJob, cloud.owner.jobs, { params: { id: over } });
      const job_ids = [waiting, running.id, over, waiting.toUpperCase()];
      const { outcomes } = await call(cancelJobs, cloud.owner.jobs, { body: { job_ids } });
      expect(outcomes.map(({ job_id }) => job_id)).toEqual([waiting, running.id, over].sort());
      const of = (id: string) => outcomes.find(({ job_id }) => job_id === id);
      expect(of(waiting)).toMatchObject({ outcome: "canceled", status: "canceled" });
      expect(of(running.id)).toMatchObject({ outcome: "cancel_requested", status: "cancel_requested" });
      expect(of(over)).toMatchObject({ outcome: "canceled" });
      await call(failJob, cloud.worker, {
        params: { id: running.id },
        body: { ...running.body, message: "stopped" },
      });
      const { id } = running;
      expect(await statusOf(id)).toMatchObject({
        status: "canceled",
        status_message: "Canceled by its owner.",
      });
    });

    /** A job that runs while the other one still waits. */
    async function leasedAfter(waiting: string) {
      const due = (interval: string) =>
        cloud.database.pool.query(
          `update jobs set not_before = clock_timestamp() + interval '${interval}' where id = $1`,
          [waiting],
        );
      await due("1 hour");
      const running = await leased();
      await due("0 hours");
      return running;
    }

    test("is not told apart from none when it is somebody else's", async () => {
      const stranger = await cloud.addAccount();
      const id = await cloud.submit();
      const job_ids = [id, randomUUID()];
      const { outcomes } = await call(cancelJobs, stranger.jobs, { body: { job_ids } });
      expect(outcomes.map(({ outcome, status }) => [outcome, status])).toEqual([
        ["not_found", null],
        ["not_found", null],
      ]);
      expect((await statusOf(id)).status).toBe("waiting");
      const asAdmin = await call(cancelJobs, admin.login, { body: { job_ids } });
      expect(asAdmin.outcomes.map(({ outcome }) => outcome).sort()).toEqual(["canceled", "not_found"]);
      expect(await statusOf(id)).toMatchObject({ status_message: "Canceled by an administrator." });
      const { rows } = await cloud.database.pool.query(
        "select caller, action from audit_events where object = $1",
        [`job:${id}`],
      );
      expect(rows).toEqual([{ caller: "admin", action: "job.cancel" }]);
    });

    test("must be one of a thousand", async () => {
      const job_ids = Array.from({ length: 1001 }, () => randomUUID());
      expect(await codeOf(call(cancelJobs, cloud.owner.jobs, { body: { job_ids } }))).toBe("invalid_request");
      const { outcomes } = await call(cancelJobs, cloud.owner.jobs, { body: { job_ids: job_ids.slice(1) } });
      expect(outcomes).toHaveLength(1000);
    });
  });

  describe("in an administrator's hands", () => {
    test("is suspended while it waits, and waits again when it is resumed", async () => {
      const id = await cloud.submit();
      const params = { id };
      expect(await call(suspendJob, admin.login, { params })).toEqual({ job_id: id, status: "suspended" });
      expect(await call(fetchJob, cloud.worker, { query: {} })).toBeUndefined();
      expect(await codeOf(call(suspendJob, admin.login, { params }))).toBe("job_in_other_state");
      expect(await call(resumeJob, admin.login, { params })).toEqual({ job_id: id, status: "waiting" });
      const job = await cloud.lease();
      expect(job.job_id).toBe(id);
      await call(completeJob, cloud.worker, { params, body: { lease_token: job.lease_token, results } });
      expect(await codeOf(call(resumeJob, admin.login, { params }))).toBe("job_in_other_state");
      const { events } = await call(getJob, cloud.owner.jobs, { params });
      expect(events.map(({ transition }) => transition)).toEqual([
        "submit",
        "suspend_waiting",
        "resume",
        "acquire",
        "complete",
      ]);
    });

    test("is taken from its worker, whose attempt does not count", async () => {
      const { id, params, body } = await leased();
      await call(suspendJob, admin.login, { params });
      expect(await codeOf(call(renewLease, cloud.worker, { params, body }))).toBe("lease_lost");
      await call(resumeJob, admin.login, { params });
      const again = await cloud.lease();
      expect(again).toMatchObject({ job_id: id, attempt: 2 });
      const { rows } = await cloud.database.pool.query("select attempts_counted from jobs where id = $1", [
        id,
      ]);
      expect(rows).toEqual([{ attempts_counted: 1 }]);
      await call(completeJob, cloud.worker, { params, body: { lease_token: again.lease_token, results } });
    });

    test("is not resumed for an account that is closed, nor on a platform that is retired", async () => {
      const account = await cloud.addAccount();
      const id = await cloud.submit(account);
      const params = { id };
      await call(suspendJob, admin.login, { params });
      const { pool } = cloud.database;
      const resume = () => codeOf(call(resumeJob, admin.login, { params }));
      await pool.query("update users set disabled_at = clock_timestamp() where id = $1", [account.userId]);
      expect(await resume()).toBe("job_in_other_state");
      await pool.query("update users set disabled_at = null where id = $1", [account.userId]);
      await pool.query("update platforms set status = 'retired' where id = $1", [cloud.platformId]);
      expect(await resume()).toBe("platform_retired");
      await pool.query("update platforms set status = 'available' where id = $1", [cloud.platformId]);
      expect(await resume()).toBe("done");
      await call(cancelJob, account.jobs, { params });
    });

    test("runs again for its owner, as a new job that is admitted as the owner's", async () => {
      const id = await cloud.submit();
      const params = { id };
      expect(await codeOf(call(requeueJob, admin.login, { params }))).toBe("job_not_failed");
      await call(cancelJob, cloud.owner.jobs, { params });
      const { job_id } = await call(requeueJob, admin.login, { params });
      const view = await call(getJob, cloud.owner.jobs, { params: { id: job_id } });
      expect(view).toMatchObject({ rerun_from: id, status: "waiting", token_id: null });
      expect(view.events).toMatchObject([{ transition: "rerun", actor: "admin" }]);
      await call(cancelJob, cloud.owner.jobs, { params: { id: job_id } });
    });
  });

  describe("that runs", () => {
    const found = (n: number) => ({ results: `:PCVL:BSCount:{|1,1>=${n}}` });

    test("shows what was found so far, the last of it in its status and the latest in its result", async () => {
      const { id, params, body } = await leased();
      expect((await statusOf(id)).last_intermediate_results).toBeUndefined();
      for (let n = 1; n <= 5; n++) {
        await call(renewLease, cloud.worker, { params, body: { ...body, intermediate_results: found(n) } });
      }
      await call(renewLease, cloud.worker, { params, body: { ...body, progress: 0.5 } });
      expect(await statusOf(id)).toMatchObject({ progress: 0.5, last_intermediate_results: found(5) });
      await call(completeJob, cloud.worker, { params, body: { ...body, results } });
      expect(await call(getJobResult, cloud.owner.jobs, { params })).toMatchObject({
        results,
        results_type: "final",
        intermediate_results: [found(3), found(4), found(5)],
      });
    });

    test("forgets what a lost attempt had found", async () => {
      const { id, params, body } = await leased();
      await call(renewLease, cloud.worker, { params, body: { ...body, intermediate_results: found(1) } });
      await call(failJob, cloud.worker, { params, body: { ...body, message: "no", retryable: true } });
      await cloud.database.pool.query("update jobs set not_before = clock_timestamp() where id = $1", [id]);
      const { lease_token } = await cloud.lease();
      expect((await statusOf(id)).last_intermediate_results).toBeUndefined();
      await call(completeJob, cloud.worker, { params, body: { lease_token, results } });
    });

    test("takes no intermediate results that are too large, or that clients would act on", async () => {
      const { params, body } = await leased();
      for (const intermediate_results of [{ text: "x".repeat(300) }, { job_context: {} }]) {
        const renewal = call(renewLease, cloud.worker, { params, body: { ...body, intermediate_results } });
        expect(await codeOf(renewal)).toBe("invalid_payload");
      }
      await call(completeJob, cloud.worker, { params, body: { ...body, results } });
    });

    test("keeps what it had found when it fails, and says that it is not all", async () => {
      const { id, params, body } = await leased();
      const fail = (partial: string) =>
        call(failJob, cloud.worker, { params, body: { ...body, message: "out of time", results: partial } });
      expect(await codeOf(fail('{"job_context": {"a": 1}, "results": 1}'))).toBe("invalid_payload");
      expect(await fail(results)).toEqual({ status: "error" });
      expect(await statusOf(id)).toMatchObject({ status: "error", status_message: "out of time" });
      expect(await call(getJobResult, cloud.owner.jobs, { params })).toMatchObject({
        results,
        results_type: "partial",
      });
    });

    test("keeps what it had found when its cancellation is acknowledged, and not when it is tried again", async () => {
      const { id, params, body } = await leased();
      const report = { ...body, message: "no", results, retryable: true };
      expect(await call(failJob, cloud.worker, { params, body: report })).toEqual({ status: "waiting" });
      expect(await codeOf(call(getJobResult, cloud.owner.jobs, { params }))).toBe("job_not_finished");
      await cloud.database.pool.query("update jobs set not_before = clock_timestamp() where id = $1", [id]);
      const { lease_token } = await cloud.lease();
      await call(cancelJob, admin.login, { params });
      expect(await call(failJob, cloud.worker, { params, body: { ...report, lease_token } })).toEqual({
        status: "canceled",
      });
      expect(await statusOf(id)).toMatchObject({ status_message: "Canceled by an administrator." });
      expect((await call(getJobResult, cloud.owner.jobs, { params })).results_type).toBe("partial");
    });
  });
});
