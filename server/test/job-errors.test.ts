import { readFileSync } from "node:fs";
import { call, failJob, getJob, jobErrors, listJobs, releaseLease } from "@corbenic/protocol";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expireJobs, reapLeases } from "../src/leases/reap-store.ts";
import { expireJobsOfDeletedPlatforms } from "../src/platforms/administration-store.ts";
import { codeOf } from "./refusal.ts";
import { describeOnBoth, type TestCloud } from "./test-cloud.ts";

describeOnBoth("the code of a job's error", (openCloud) => {
  let cloud: TestCloud;
  beforeAll(async () => {
    cloud = await openCloud();
  });
  afterAll(() => cloud.close());

  const view = (id: string) => call(getJob, cloud.owner.jobs, { params: { id } });
  const change = (assignments: string, id: string) =>
    cloud.database.pool.query(`update jobs set ${assignments} where id = $1`, [id]);
  const reap = () =>
    reapLeases(cloud.database.pool, { retryDelayMs: 0, cancelGraceMs: 30_000, random: () => 0 });
  async function leased(assignments = "attempts_max = 1") {
    const id = await cloud.submit();
    await change(assignments, id);
    const { lease_token } = await cloud.lease();
    return { id, params: { id }, lease_token };
  }

  test("is what its worker reports of the last attempt, for its owner and in lists", async () => {
    const { id, params, lease_token } = await leased("attempts_max = 2");
    const report = { message: "60 photons are too many.", code: "too_many_states", retryable: true };
    await call(failJob, cloud.worker, { params, body: { lease_token, ...report } });
    expect(await view(id)).toMatchObject({ status: "waiting", error_code: null });
    await change("not_before = '-infinity'", id);
    const again = await cloud.lease();
    const last = { lease_token: again.lease_token, ...report, code: "too_many_photons" };
    for (let times = 0; times < 2; times++)
      expect(await call(failJob, cloud.worker, { params, body: last })).toEqual({ status: "error" });
    expect(await view(id)).toMatchObject({ status: "error", error_code: "too_many_photons" });
    const { jobs } = await call(listJobs, cloud.owner.jobs, { query: { status: "error" } });
    expect(jobs).toMatchObject([{ job_id: id, error_code: "too_many_photons" }]);
  });

  test("may be missing, and may be one that only the worker knows, but nothing else than a code", async () => {
    const silent = await leased();
    const body = { lease_token: silent.lease_token, message: "No." };
    for (const code of ["", "No", "a b", "9", "a".repeat(65), "<b>"])
      expect(
        await codeOf(call(failJob, cloud.worker, { params: silent.params, body: { ...body, code } })),
      ).toBe("invalid_request");
    await call(failJob, cloud.worker, { params: silent.params, body });
    expect(await view(silent.id)).toMatchObject({ status: "error", error_code: null });
    const own = await leased();
    const { params, lease_token } = own;
    await call(failJob, cloud.worker, { params, body: { lease_token, message: "No.", code: "no_helium" } });
    expect(await view(own.id)).toMatchObject({ status: "error", error_code: "no_helium" });
  });

  test("is not there where the report only says that a cancellation was heard", async () => {
    const { id, params, lease_token } = await leased();
    await change("state = 'cancel_requested'", id);
    await call(failJob, cloud.worker, {
      params,
      body: { lease_token, message: "Stopped.", code: "too_long" },
    });
    expect(await view(id)).toMatchObject({ status: "canceled", error_code: null });
  });

  test("is the cloud's own where it ends a job itself", async () => {
    const lost = await leased();
    await change("lease_until = clock_timestamp() - interval '1 hour'", lost.id);
    await reap();
    expect(await view(lost.id)).toMatchObject({ status: "error", error_code: "worker_lost" });

    const long = await leased();
    await change(
      "created_at = created_at - interval '1 day', started_at = started_at - interval '1 day'",
      long.id,
    );
    await reap();
    expect(await view(long.id)).toMatchObject({ status: "error", error_code: "too_long" });

    const returned = await leased("leases_max = 1, attempts_max = 1");
    const { params, lease_token } = returned;
    await call(releaseLease, cloud.worker, { params, body: { lease_token } });
    expect(await view(returned.id)).toMatchObject({ status: "error", error_code: "handed_back" });

    const old = await cloud.submit();
    await change("created_at = created_at - interval '400 days'", old);
    await expireJobs(cloud.database.pool, 30);
    expect(await view(old)).toMatchObject({ status: "error", error_code: "waited_too_long" });

    const orphan = await cloud.submit();
    await cloud.database.pool.query(
      "update platforms set status = 'retired', deleted_at = clock_timestamp() where id = $1",
      [cloud.platformId],
    );
    await expireJobsOfDeletedPlatforms(cloud.database.pool);
    expect(await view(orphan)).toMatchObject({ status: "error", error_code: "platform_deleted" });
  });
});

describe("docs/job-errors.md", () => {
  const rowsOf = (file: string) =>
    readFileSync(new URL(`../../docs/${file}`, import.meta.url), "utf8")
      .split("\n")
      .filter((line) => line.startsWith("| `"))
      .map((line) => line.slice(2, -2).split(" | "))
      .map(([code, meaning, remedy]) => [code!.replaceAll("`", ""), meaning, remedy]);
  const table = Object.entries(jobErrors).map(([code, { meaning, remedy }]) => [code, meaning, remedy]);

  test("lists every code with what happened and what to do, and no other", () => {
    expect(rowsOf("job-errors.md")).toEqual(table);
  });

  test("says of what cannot be simulated what the simulator's own page says", () => {
    const simulation = rowsOf("simulation-errors.md");
    expect(simulation.length).toBeGreaterThan(0);
    expect(table.slice(-simulation.length)).toEqual(simulation);
  });
});
