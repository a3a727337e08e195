import {
  call,
  cancelJob,
  completeJob,
  failJob,
  fetchJob,
  getJobResult,
  getJobStatus,
  releaseLease,
  renewLease,
  rerunJob,
} from "@corbenic/protocol";
import { afterAll, beforeAll, expect, test } from "vitest";
import { reapLeases } from "../src/leases/reap-store.ts";
import { announcePlatform } from "../src/platforms/platform-store.ts";
import { describeOnBoth, results, type TestCloud } from "./test-cloud.ts";

describeOnBoth("a lease", (openCloud) => {
  let cloud: TestCloud;
  beforeAll(async () => {
    cloud = await openCloud();
  });
  afterAll(() => cloud.close());

  const stateOf = async (id: string) =>
    (await call(getJobStatus, cloud.owner.jobs, { params: { id } })).status;
  const codeOf = (promise: Promise<unknown>) =>
    promise.then(
      () => "done",
      (error: { code?: string }) => error.code,
    );

  /** Submits a job and leases it. */
  async function leased() {
    await cloud.submit();
    const job = await cloud.lease();
    return { job, params: { id: job.job_id }, body: { lease_token: job.lease_token } };
  }

  /** Makes every lease look as if it had not been renewed in time. */
  async function expireLeases(id: string) {
    await cloud.database.pool.query(
      "update jobs set lease_until = clock_timestamp() - interval '1 second' where id = $1",
      [id],
    );
    return reapLeases(cloud.database.pool, { retryDelayMs: 0, cancelGraceMs: 30_000, random: () => 0.5 });
  }

  test("gives the job to one worker, and its result to the owner", async () => {
    const { job, params, body } = await leased();
    expect(job).toMatchObject({ platform_name: "sim:test", attempt: 1, payload: { command: "probs" } });
    expect(await stateOf(params.id)).toBe("running");
    expect(await call(fetchJob, cloud.worker, { query: {} })).toBeUndefined();

    expect(await call(completeJob, cloud.worker, { params, body: { ...body, results } })).toEqual({
      status: "completed",
    });
    const answer = await call(getJobResult, cloud.owner.jobs, { params });
    expect(answer.results).toBe(results);
    expect(await stateOf(params.id)).toBe("completed");
  });

  test("accepts the same result again and refuses another", async () => {
    const { params, body } = await leased();
    await call(completeJob, cloud.worker, { params, body: { ...body, results } });
    expect(await codeOf(call(completeJob, cloud.worker, { params, body: { ...body, results } }))).toBe(
      "done",
    );
    const other = JSON.stringify({ results: ":PCVL:BSDistribution:{|1,1>=1}" });
    expect(await codeOf(call(completeJob, cloud.worker, { params, body: { ...body, results: other } }))).toBe(
      "result_conflict",
    );
    expect((await call(getJobResult, cloud.owner.jobs, { params })).results).toBe(results);
  });

  test("refuses a result whose job_context was not submitted, and one that is not JSON", async () => {
    const { params, body } = await leased();
    const hostile = JSON.stringify({ results: {}, job_context: { result_mapping: ["os", "system"] } });
    expect(
      await codeOf(call(completeJob, cloud.worker, { params, body: { ...body, results: hostile } })),
    ).toBe("invalid_payload");
    expect(await codeOf(call(completeJob, cloud.worker, { params, body: { ...body, results: "[" } }))).toBe(
      "invalid_payload",
    );
    expect(await stateOf(params.id)).toBe("running");
  });

  test("renews with progress that never goes back", async () => {
    const { params, body } = await leased();
    const beat = (progress: number) =>
      call(renewLease, cloud.worker, { params, body: { ...body, progress, progress_message: "layers" } });
    expect(await beat(0.5)).toMatchObject({ status: "running", cancel: false });
    await beat(0.25);
    const status = await call(getJobStatus, cloud.owner.jobs, { params });
    expect(status).toMatchObject({ progress: 0.5, progress_message: "layers" });
  });

  test("brings cancellation with the next renewal, and ends the job when it is acknowledged", async () => {
    const { params, body } = await leased();
    await call(cancelJob, cloud.owner.jobs, { params });
    expect(await stateOf(params.id)).toBe("cancel_requested");
    expect(await call(renewLease, cloud.worker, { params, body })).toMatchObject({ cancel: true });
    await call(failJob, cloud.worker, { params, body: { ...body, message: "stopped" } });
    expect(await stateOf(params.id)).toBe("canceled");
    expect(await codeOf(call(cancelJob, cloud.owner.jobs, { params }))).toBe("done");
  });

  test("that was lost changes nothing any more", async () => {
    const first = await leased();
    expect(await expireLeases(first.params.id)).toMatchObject([{ id: first.params.id, state: "waiting" }]);
    const second = await cloud.lease();
    expect(second).toMatchObject({ job_id: first.params.id, attempt: 2 });

    const { params, body } = first;
    for (const report of [
      () => call(renewLease, cloud.worker, { params, body }),
      () => call(completeJob, cloud.worker, { params, body: { ...body, results } }),
      () => call(failJob, cloud.worker, { params, body: { ...body, message: "late" } }),
      () => call(releaseLease, cloud.worker, { params, body }),
    ]) {
      expect(await codeOf(report())).toBe("lease_lost");
    }
    expect(await stateOf(params.id)).toBe("running");
    await call(completeJob, cloud.worker, { params, body: { lease_token: second.lease_token, results } });
    expect(await stateOf(params.id)).toBe("completed");
  });

  test("that is lost three times ends the job", async () => {
    const { params } = await leased();
    // Were it the only worker, it would be taken for broken by the job at the second time.
    await cloud.addWorker(cloud.platformId);
    await expireLeases(params.id);
    await cloud.lease();
    await expireLeases(params.id);
    await cloud.lease();
    await expireLeases(params.id);
    const status = await call(getJobStatus, cloud.owner.jobs, { params });
    const reason = "Its worker was lost in 3 attempts.";
    expect(status).toMatchObject({ status: "error", status_message: reason, failure_code: reason });
    expect(await codeOf(call(getJobResult, cloud.owner.jobs, { params }))).toBe("job_has_no_result");
    const { job_id } = await call(rerunJob, cloud.owner.jobs, { params });
    expect(await stateOf(job_id)).toBe("waiting");
    await call(cancelJob, cloud.owner.jobs, { params: { id: job_id } });
    expect(await stateOf(job_id)).toBe("canceled");
  });

  test("handed back costs the job no attempt", async () => {
    const { params, body } = await leased();
    expect(await call(releaseLease, cloud.worker, { params, body })).toEqual({ status: "waiting" });
    const again = await cloud.lease();
    expect(again).toMatchObject({ job_id: params.id, attempt: 2 });
    const { rows } = await cloud.database.pool.query("select attempts_counted from jobs where id = $1", [
      params.id,
    ]);
    expect(rows).toEqual([{ attempts_counted: 1 }]);
    await call(failJob, cloud.worker, { params, body: { lease_token: again.lease_token, message: "no" } });
    expect(await stateOf(params.id)).toBe("error");
  });

  test("of a job of another platform is not to be had, nor seen", async () => {
    const { params, body } = await leased();
    const other = await announcePlatform(cloud.database.pool, {
      name: "sim:other",
      type: "simulator",
      specs: { available_commands: ["probs"] },
    });
    const stranger = await cloud.addWorker(other);
    expect(await call(fetchJob, stranger, { query: {} })).toBeUndefined();
    const guessed = { lease_token: "A".repeat(22) };
    expect(await codeOf(call(renewLease, stranger, { params, body: guessed }))).toBe("job_not_found");
    expect(await codeOf(call(renewLease, cloud.worker, { params, body: guessed }))).toBe("lease_lost");
    await call(releaseLease, cloud.worker, { params, body });
    await call(cancelJob, cloud.owner.jobs, { params });
  });

  test("wakes a worker that waits, as soon as a job arrives", async () => {
    const fetched = call(fetchJob, cloud.worker, { query: { wait_s: 30 } });
    const id = await cloud.submit();
    expect(await fetched).toMatchObject({ job_id: id });
  });

  test("leaves one event for each change, and rows keep the rules whoever writes them", async () => {
    const { params, body } = await leased();
    await call(completeJob, cloud.worker, { params, body: { ...body, results } });
    const { rows } = await cloud.database.pool.query(
      "select transition, to_state, attempt, actor from job_events where job_id = $1 order by id",
      [params.id],
    );
    expect(rows).toEqual([
      { transition: "submit", to_state: "waiting", attempt: 0, actor: "owner" },
      { transition: "acquire", to_state: "running", attempt: 1, actor: "worker" },
      { transition: "complete", to_state: "completed", attempt: 1, actor: "holder" },
    ]);
    const force = (sql: string) =>
      cloud.database.pool.query(`update jobs set ${sql} where id = $1`, [params.id]);
    await expect(force("state = 'waiting', ended_at = null")).rejects.toThrow(/cannot become waiting/);
    await expect(force("lease_hash = 'x'")).rejects.toThrow(/only_a_leased_job_has_a_lease/);
  });
});
