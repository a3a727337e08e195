import {
  type CallTarget,
  call,
  cancelJobGroup,
  listAllJobs,
  listJobGroups,
  listJobs,
  type QueryOf,
  submitJob,
} from "@corbenic/protocol";
import { afterAll, beforeAll, expect, test } from "vitest";
import { announcePlatform, permitUser } from "../src/platforms/platform-store.ts";
import { codeOf } from "./refusal.ts";
import { type Account, describeOnBoth, payload, type TestCloud } from "./test-cloud.ts";

describeOnBoth("jobs in lists", (openCloud) => {
  let cloud: TestCloud;
  let account: Account;
  let admin: Account;
  beforeAll(async () => {
    cloud = await openCloud();
    account = await cloud.addAccount();
    admin = await cloud.addAccount({ admin: true, permitted: false });
    const specs = { available_commands: ["probs", "sample_count"] };
    const id = await announcePlatform(cloud.database.pool, { name: "sim:other", type: "simulator", specs });
    await permitUser(cloud.database.pool, account.userId, id);
  });
  afterAll(() => cloud.close());

  const submit = async (body: object, by: CallTarget = account.jobs): Promise<string> =>
    (await call(submitJob, by, { body: { platform_name: "sim:test", payload, ...body } })).job_id;
  const names = async (query: QueryOf<typeof listJobs>, by = account.jobs) =>
    (await call(listJobs, by, { query })).jobs.map(({ name }) => name);

  const submitted: string[] = [];
  beforeAll(async () => {
    for (let i = 0; i < 7; i++) {
      submitted.push(
        await submit({ job_name: `run ${i}`, job_group_name: i < 4 ? "scan" : "Ünïcode/group" }),
      );
    }
    submitted.push(await submit({ platform_name: "sim:other", job_name: "Elsewhere", payload: sampled }));
    await cloud.database.pool.query(
      "update jobs set state = 'error', ended_at = clock_timestamp(), status_message = 'no' where id = $1",
      [submitted[1]],
    );
    await cloud.submit();
  });
  const sampled = { ...payload, command: "sample_count", max_shots: 1000, max_samples: 10 };

  test("are the account's own, the newest first, page by page", async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const query = { limit: 3, ...(cursor === undefined ? {} : { cursor }) };
      const page = await call(listJobs, account.jobs, { query });
      expect(page.jobs.length).toBeLessThanOrEqual(3);
      seen.push(...page.jobs.map(({ job_id }) => job_id));
      cursor = page.next_cursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual(submitted.toReversed());
  });

  test("can be sorted the other way, and by name, with a cursor of that order alone", async () => {
    expect(await names({ sort: "created", limit: 2 })).toEqual(["run 0", "run 1"]);
    const first = await call(listJobs, account.jobs, { query: { sort: "name", limit: 5 } });
    expect(first.jobs.map(({ name }) => name)).toEqual(["Elsewhere", "run 0", "run 1", "run 2", "run 3"]);
    const cursor = first.next_cursor!;
    expect(await names({ sort: "name", cursor })).toEqual(["run 4", "run 5", "run 6"]);
    expect(await codeOf(names({ cursor }))).toBe("invalid_request");
    expect(await codeOf(names({ cursor: "AAAA" }))).toBe("invalid_request");
  });

  test("can be filtered by state, platform, group, name, command, time and token", async () => {
    const { jobs } = await call(listJobs, account.jobs, { query: { sort: "created" } });
    expect(await names({ status: "error" })).toEqual(["run 1"]);
    expect(await names({ status: "error,canceled,waiting", group_name: "scan", sort: "created" })).toEqual([
      "run 0",
      "run 1",
      "run 2",
      "run 3",
    ]);
    expect(await names({ platform_name: "sim:other" })).toEqual(["Elsewhere"]);
    expect(await names({ name: "ELSE" })).toEqual(["Elsewhere"]);
    expect(await names({ name: "%" })).toEqual([]);
    expect(await names({ command: "sample_count" })).toEqual(["Elsewhere"]);
    expect(await names({ created_after: jobs[4]!.created_at, created_before: jobs[7]!.created_at })).toEqual([
      "run 6",
      "run 5",
    ]);
    const token_id = jobs[0]!.token_id!;
    expect(await names({ token_id, limit: 1 })).toEqual(["Elsewhere"]);
    expect(await names({ token_id: token_id + 1000 })).toEqual([]);
    expect(await codeOf(names({ status: "lost" }))).toBe("invalid_request");
  });

  test("can be leapt into, and are counted as the filters leave them", async () => {
    expect(await names({ sort: "created", offset: 3, limit: 2 })).toEqual(["run 3", "run 4"]);
    expect(await names({ offset: 8 })).toEqual([]);
    expect(await codeOf(names({ offset: -1 }))).toBe("invalid_request");
    const query = { group_name: "scan", limit: 1, with_total: true };
    expect(await call(listJobs, account.jobs, { query })).toMatchObject({
      total: 4,
      jobs: [{ name: "run 3" }],
    });
    expect(await call(listJobs, cloud.owner.jobs, { query })).toMatchObject({ total: 0, jobs: [] });
    expect(await call(listJobs, account.jobs, { query: {} })).not.toHaveProperty("total");
  });

  test("tell what a line needs, and neither payload nor result", async () => {
    const { jobs } = await call(listJobs, account.jobs, { query: { platform_name: "sim:other" } });
    expect(jobs[0]).toEqual({
      job_id: submitted[7],
      name: "Elsewhere",
      group_name: null,
      platform_id: expect.any(String),
      platform_name: "sim:other",
      command: "sample_count",
      status: "waiting",
      progress: 0,
      status_message: null,
      error_code: null,
      priority: 2,
      shots: 1000,
      token_id: expect.any(Number),
      rerun_from: null,
      created_at: expect.stringMatching(/Z$/),
      started_at: null,
      ended_at: null,
    });
  });

  test("are everybody's for administrators, with their owners", async () => {
    const all = await call(listAllJobs, admin.login, { query: {} });
    expect(new Set(all.jobs.map(({ owner_id }) => owner_id))).toEqual(
      new Set([account.userId, cloud.owner.userId]),
    );
    const query = { owner_id: cloud.owner.userId };
    const { jobs } = await call(listAllJobs, admin.login, { query });
    expect(jobs.map(({ owner_email }) => owner_email)).toEqual([cloud.owner.email]);
    expect(JSON.stringify(all)).not.toContain("PCVL");
    expect(await names({}, admin.login)).toEqual([]);
  });

  test("are counted by group, the group with the newest job first", async () => {
    const { groups, next_cursor } = await call(listJobGroups, account.jobs, { query: { limit: 1 } });
    expect(groups).toMatchObject([{ name: "Ünïcode/group", jobs: 3, progress: 0 }]);
    const rest = await call(listJobGroups, account.jobs, { query: { cursor: next_cursor! } });
    expect(rest).toMatchObject({
      groups: [{ name: "scan", jobs: 4, counts: { waiting: 3, error: 1, running: 0 }, progress: 0.25 }],
      next_cursor: null,
    });
    expect((await call(listJobGroups, cloud.owner.jobs, { query: {} })).groups).toEqual([]);
  });

  test("are found in groups by a part of the group's name, in any case", async () => {
    const found = async (name: string) =>
      (await call(listJobGroups, account.jobs, { query: { name } })).groups.map((group) => group.name);
    expect(await found("ünï")).toEqual(["Ünïcode/group"]);
    expect(await found("C")).toEqual(["Ünïcode/group", "scan"]);
    expect(await found("%")).toEqual([]);
  });

  test("of a group can be canceled together, by their owner", async () => {
    const cancel = (group_name: string, by = account.jobs) =>
      call(cancelJobGroup, by, { body: { group_name } });
    expect(await codeOf(cancel("scan", cloud.owner.jobs))).toBe("job_group_not_found");
    expect(await cancel("scan")).toEqual({ canceled: 3, cancel_requested: 0 });
    expect(await cancel("scan")).toEqual({ canceled: 0, cancel_requested: 0 });
    expect(await codeOf(cancel("nothing"))).toBe("job_group_not_found");
    expect(await names({ status: "waiting", group_name: "scan" })).toEqual([]);
  });

  test("keep out what is submitted later where they are those before a count", async () => {
    const other = await cloud.addAccount();
    await cloud.submit(other);
    const { total, counted_at } = await call(listJobs, other.jobs, { query: { with_total: true } });
    const later = await cloud.submit(other);
    const query = { created_before: counted_at!, with_total: true };
    const before = await call(listJobs, other.jobs, { query });
    expect([total, before.total]).toEqual([1, 1]);
    expect(before.jobs.map(({ job_id }) => job_id)).not.toContain(later);
    const { jobs } = await call(listJobs, other.jobs, { query: {} });
    expect(jobs[0]).toMatchObject({ job_id: later });
    expect(jobs[0]!.created_at >= counted_at!).toBe(true);
  });
});
