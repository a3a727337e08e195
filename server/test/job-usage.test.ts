import { type CallTarget, call, getJobUsage, type QueryOf, submitJob } from "@corbenic/protocol";
import { afterAll, beforeAll, expect, test } from "vitest";
import { announcePlatform, permitUser } from "../src/platforms/platform-store.ts";
import { codeOf } from "./refusal.ts";
import { type Account, describeOnBoth, payload, type TestCloud } from "./test-cloud.ts";

describeOnBoth("usage", (openCloud) => {
  let cloud: TestCloud;
  let account: Account;
  beforeAll(async () => {
    cloud = await openCloud();
    account = await cloud.addAccount();
    const specs = { available_commands: ["sample_count"] };
    const id = await announcePlatform(cloud.database.pool, { name: "qpu:test", type: "physical", specs });
    await permitUser(cloud.database.pool, account.userId, id);

    const sampled = { ...payload, command: "sample_count", max_shots: 1_000, max_samples: 10 };
    await submit(account.jobs, {}, "2026-03-01T23:59:59Z", "completed", 2);
    await submit(account.jobs, {}, "2026-03-01T00:00:00Z", "error", 3.5);
    await submit(account.login, {}, "2026-03-01T12:00:00Z", "completed", 1);
    await submit(account.login, {}, "2026-03-02T00:00:00Z", "waiting");
    const onHardware = { platform_name: "qpu:test", payload: sampled };
    await submit(account.login, onHardware, "2026-03-02T01:00:00Z", "completed", 60);
    await submit(account.login, onHardware, "2026-03-02T02:00:00Z", "canceled");
    await cloud.submit();
  });
  afterAll(() => cloud.close());

  /** A job as it is after it ran for so many seconds, or never. */
  async function submit(by: CallTarget, body: object, at: string, state: string, ranForS?: number) {
    const { job_id } = await call(submitJob, by, { body: { platform_name: "sim:test", payload, ...body } });
    await cloud.database.pool.query(
      `update jobs set created_at = $2, state = $3,
              started_at = case when $4::float8 is null then null else $2::timestamptz end,
              ended_at = case when $3 = 'waiting' then null
                              else $2::timestamptz + make_interval(secs => coalesce($4::float8, 0)) end
        where id = $1`,
      [job_id, at, state, ranForS ?? null],
    );
  }
  const usage = async (query: QueryOf<typeof getJobUsage>, by = account.login) =>
    (await call(getJobUsage, by, { query })).usage;
  const march = { start_time: "2026-03-01T00:00:00Z", end_time: "2026-04-01T00:00:00Z" };
  const none = { completed: 0, failed: 0, canceled: 0, shots_max: null };
  const signedIn = { token_id: null, token_label: null };

  test("counts every job of the account by day, platform and token, also those of who had logged in", async () => {
    const withToken = { token_id: expect.any(Number), token_label: "test" };
    const onSimulator = { ...none, platform_name: "sim:test" };
    expect(await usage(march)).toEqual([
      {
        ...{ day: "2026-03-02", platform_name: "qpu:test", ...signedIn, ...none },
        ...{ jobs: 2, completed: 1, canceled: 1, ran_for_s: 60, shots_max: 1_000 },
      },
      { day: "2026-03-02", ...onSimulator, ...signedIn, jobs: 1, ran_for_s: 0 },
      { day: "2026-03-01", ...onSimulator, ...signedIn, jobs: 1, completed: 1, ran_for_s: 1 },
      { day: "2026-03-01", ...onSimulator, ...withToken, jobs: 2, completed: 1, failed: 1, ran_for_s: 5.5 },
    ]);
    expect(await usage(march, account.jobs)).toEqual(await usage(march));
    expect(await usage(march, cloud.owner.login)).toEqual([]);
  });

  test("is that of the time asked for, which begins with its start and ends before its end", async () => {
    const days = async (query: QueryOf<typeof getJobUsage>) =>
      (await usage(query)).map(({ day, jobs }) => [day, jobs]);
    expect(await days({ ...march, start_time: "2026-03-02T01:00:00Z" })).toEqual([["2026-03-02", 2]]);
    expect(await days({ ...march, end_time: "2026-03-01T12:00:00+00:00" })).toEqual([["2026-03-01", 1]]);
    expect(await usage({}, cloud.owner.login)).toMatchObject([{ platform_name: "sim:test", jobs: 1 }]);
  });

  test("is not told of more than a year at once", async () => {
    expect(await codeOf(usage({ ...march, start_time: "2025-03-01T00:00:00Z" }))).toBe("invalid_request");
    expect(await codeOf(usage({ start_time: "2026-02-30T00:00:00X" }))).toBe("invalid_request");
  });
});
