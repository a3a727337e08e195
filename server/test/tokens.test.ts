import { randomBytes } from "node:crypto";
import {
  type BodyOf,
  bindWorkerKey,
  call,
  completeJob,
  createWorkerKey,
  deleteTokensByIds,
  deleteTokensByKeys,
  deleteWorkerKey,
  fetchJob,
  generateToken,
  generateTokenOld,
  getPlatform,
  getToken,
  getTokenUsage,
  getWorkerKey,
  listAuditEvents,
  listTokens,
  listWorkerKeys,
  reopenToken,
  revokeToken,
  rotateOwnWorkerKey,
  rotateWorkerKey,
  submitJob,
  updateToken,
} from "@corbenic/protocol";
import { afterAll, beforeAll, expect, test } from "vitest";
import { insertCredential } from "../src/credentials/credential-store.ts";
import { type Administrator, addAdministrator } from "./administrator.ts";
import { codeOf } from "./refusal.ts";
import { type Account, describeOnBoth, payload, results, type TestCloud } from "./test-cloud.ts";

describeOnBoth("tokens", (openCloud) => {
  let cloud: TestCloud;
  let admin: Administrator;
  let user: Account;
  let made = 0;
  beforeAll(async () => {
    cloud = await openCloud();
    admin = await addAdministrator(cloud);
    user = await cloud.addAccount();
  });
  afterAll(() => cloud.close());

  const generate = (body: BodyOf<typeof generateToken> = {}, account = user) =>
    call(generateToken, account.login, { body: { label: `made ${made++}`, ...body } });
  const as = (token: string) => ({ ...cloud.anonymous, token });
  const read = (token: string) => codeOf(call(getPlatform, as(token), { params: { name: "sim:test" } }));
  const detail = (id: number) => call(getToken, user.login, { params: { token_id: id } });
  const submit = (token: string, platform = "sim:test") =>
    call(submitJob, as(token), { body: { platform_name: platform, payload } });
  const secondsBetween = (from: string, until: string | null) =>
    Math.round((Date.parse(until!) - Date.parse(from)) / 1000);

  test("are generated in the contract's shape, shown once, and live as long as was asked", async () => {
    const made = await generate({ label: "notebook", duration: 99_999, is_explorer_token: true });
    expect(made).toEqual({
      token: expect.stringMatching(/^cbn_j_/),
      token_id: expect.any(Number),
      duration: 99_999,
    });
    expect(await read(made.token)).toBe("done");
    const token = await detail(made.token_id);
    expect(token).toMatchObject({ label: "notebook", valid: true, email: user.email, is_apikey: false });
    expect(secondsBetween(token.created_date, token.expiration_date)).toBe(99_999);
    expect(JSON.stringify(token)).not.toContain(made.token);
    expect(made.token.startsWith(token.token)).toBe(true);
    expect(token.token.length).toBeLessThan(12);
    const usual = await call(generateTokenOld, user.login, { body: { label: null, priority: null } });
    expect(usual.duration).toBe(30 * 86_400);
    expect((await detail(usual.token_id)).label).toBe(usual.token.slice(0, 10));
    expect(await codeOf(generate({ duration: 365 * 86_400 + 1 }))).toBe("invalid_request");
    expect(await codeOf(generate({ duration: 0 }))).toBe("invalid_request");
  });

  test("have labels of their own in each account", async () => {
    await generate({ label: "twice" });
    const second = await generate({ label: "twice" }).catch((problem) => problem);
    expect(second).toMatchObject({
      code: "label_taken",
      status: 400,
      message: "Label already exists: twice",
    });
    const other = await generate();
    const body = { label: "twice" };
    expect(await codeOf(call(updateToken, user.login, { params: { token_id: other.token_id }, body }))).toBe(
      "label_taken",
    );
    expect(await codeOf(generate({ label: "twice" }, await cloud.addAccount()))).toBe("done");
  });

  test("never rise above their account, at any time", async () => {
    expect(await codeOf(generate({ priority: 3 }))).toBe("priority_too_high");
    const { token, token_id } = await generate({ priority: 1 });
    const body = { priority: 9 };
    expect(await codeOf(call(updateToken, user.login, { params: { token_id }, body }))).toBe(
      "priority_too_high",
    );
    const priorityOf = async () => {
      const { job_id } = await submit(token);
      const { rows } = await cloud.database.pool.query("select priority, token_id from jobs where id = $1", [
        job_id,
      ]);
      return rows[0];
    };
    expect(await priorityOf()).toEqual({ priority: 1, token_id });
    await call(updateToken, user.login, { params: { token_id }, body: { priority: null } });
    expect(await priorityOf()).toEqual({ priority: 2, token_id });
    await cloud.database.pool.query("update users set priority = 0 where id = $1", [user.userId]);
    expect(await priorityOf()).toEqual({ priority: 0, token_id });
    await cloud.database.pool.query("update users set priority = 2 where id = $1", [user.userId]);
  });

  test("with scopes reach the platforms they name only, and change nothing if they only read", async () => {
    const scoped = async (platforms: string[]) => read((await generate({ platforms })).token);
    expect(await scoped(["sim:*"])).toBe("done");
    expect(await scoped(["qpu:*", "sim:test"])).toBe("done");
    expect(await scoped(["qpu:*"])).toBe("platform_not_found");
    expect(await scoped(["sim_test", "sim:t", "*:tes"])).toBe("platform_not_found");
    expect(await codeOf(scoped(["%"]))).toBe("invalid_request");
    const reader = await generate({ read_only: true });
    expect(await read(reader.token)).toBe("done");
    const refused = await submit(reader.token).catch((problem) => problem);
    expect(refused).toMatchObject({ code: "token_read_only", status: 403 });
    expect(await codeOf(call(revokeToken, as(reader.token), { body: { token: reader.token } }))).toBe(
      "token_read_only",
    );
    const params = { token_id: reader.token_id };
    await call(updateToken, user.login, { params, body: { read_only: false, platforms: ["qpu:*"] } });
    expect(await codeOf(submit(reader.token))).toBe("platform_not_found");
    await call(updateToken, user.login, { params, body: { platforms: null } });
    expect(await codeOf(submit(reader.token))).toBe("done");
    expect(await detail(reader.token_id)).toMatchObject({ platforms: null, read_only: false });
    const once = await generate({ jobs_max: 1 });
    expect(await codeOf(submit(once.token))).toBe("done");
    expect(await codeOf(submit(once.token))).toBe("token_scope_exceeded");
  });

  test("never mint, list or change tokens, but read and revoke themselves", async () => {
    const { token, token_id } = await generate();
    const other = await generate();
    const self = as(token);
    expect(await codeOf(call(generateToken, self, { body: {} }))).toBe("not_allowed");
    expect(await codeOf(call(listTokens, self, {}))).toBe("not_allowed");
    expect(await codeOf(call(updateToken, self, { params: { token_id }, body: { label: "mine" } }))).toBe(
      "not_allowed",
    );
    expect(await codeOf(call(reopenToken, self, { body: { token } }))).toBe("not_allowed");
    expect(await codeOf(call(getToken, self, { params: { token_id: other.token_id } }))).toBe(
      "token_not_found",
    );
    expect(await call(getToken, self, { params: { token_id } })).toMatchObject({ id: token_id });
    expect(await codeOf(call(revokeToken, self, { body: { token: other.token } }))).toBe("unknown_tokens");
    expect(await call(revokeToken, self, { body: { token } })).toEqual({ message: "ok" });
    expect(await read(token)).toBe("not_authenticated");
  });

  test("are revoked and reopened by JSON and by form", async () => {
    const { token, token_id } = await generate();
    const form = (path: string, fields: Record<string, string>) =>
      cloud.app.inject({
        method: "POST",
        url: path,
        headers: {
          authorization: `Bearer ${user.login.token}`,
          "content-type": "application/x-www-form-urlencoded",
        },
        payload: new URLSearchParams(fields).toString(),
      });
    expect((await form("/api/auth/tokens/revoke", { token })).json()).toEqual({ message: "ok" });
    expect(await read(token)).toBe("not_authenticated");
    expect(await detail(token_id)).toMatchObject({ valid: false, is_revoked: true });
    expect((await form("/api/tokens/reopen", { token })).statusCode).toBe(200);
    expect(await read(token)).toBe("done");
    expect((await form("/api/auth/token/revoke", { token_id: String(token_id) })).statusCode).toBe(200);
    expect(await read(token)).toBe("not_authenticated");
    await call(reopenToken, user.login, { body: { token_id } });
    expect(await read(token)).toBe("done");
    const unknown = await form("/api/tokens/revoke", { token: "nonsense" });
    expect([unknown.statusCode, unknown.json().code]).toEqual([400, "unknown_tokens"]);
    expect((await form("/api/tokens/revoke", {})).json().code).toBe("invalid_request");
    const elsewhere = await cloud.app.inject({
      method: "POST",
      url: "/api/login",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      payload: "email=a&password=b",
    });
    expect(elsewhere.statusCode).toBe(415);
  });

  test("are listed with prefixes of their keys, by page, with or without those that are over", async () => {
    const account = await cloud.addAccount();
    await cloud.database.pool.query(
      "update credentials set deleted_at = clock_timestamp() where user_id = $1 and kind = 'job'",
      [account.userId],
    );
    const tokens = [];
    for (let i = 0; i < 4; i++) tokens.push(await generate({ label: `t${i}` }, account));
    await call(revokeToken, account.login, { body: { token: tokens[1]!.token } });
    await cloud.database.pool.query("update credentials set expires_at = clock_timestamp() where id = $1", [
      tokens[2]!.token_id,
    ]);
    const labels = async (query: object) =>
      (await call(listTokens, account.login, { query })).map(({ label }) => label);
    expect(await labels({})).toEqual(["t0", "t1", "t2", "t3"]);
    expect(await labels({ limit: 2, offset: 1 })).toEqual(["t1", "t2"]);
    expect(await labels({ include_revoked: false })).toEqual(["t0", "t2", "t3"]);
    expect(await labels({ include_expired: false, include_revoked: false })).toEqual(["t0", "t3"]);
    const listed = await call(listTokens, admin.login, { query: { user_id: account.userId } });
    expect(listed[0]).toMatchObject({ id: tokens[0]!.token_id, user_id: account.userId, is_revoked: false });
    expect(tokens[0]!.token.startsWith(listed[0]!.key)).toBe(true);
    for (const { token } of tokens) expect(JSON.stringify(listed)).not.toContain(token);
    const all = await call(listTokens, admin.login, { query: { all: true } });
    expect(new Set(all.map(({ user_id }) => user_id)).size).toBeGreaterThan(1);
    expect(await codeOf(call(listTokens, account.login, { query: { all: true } }))).toBe("not_allowed");
    expect(await codeOf(call(listTokens, account.login, { query: { user_id: user.userId } }))).toBe(
      "not_allowed",
    );
  });

  test("are deleted all or none, by ids and by keys, and free their labels", async () => {
    const [a, b, c] = [await generate({ label: "a" }), await generate(), await generate()];
    const theirs = await generate({}, await cloud.addAccount());
    const byIds = (ids: number[]) => call(deleteTokensByIds, user.login, { body: { token_ids: ids } });
    const refused = await byIds([a.token_id, theirs.token_id]).catch((problem) => problem);
    expect(refused).toMatchObject({ code: "unknown_tokens", detail: { token_ids: [theirs.token_id] } });
    expect(await read(a.token)).toBe("done");
    await byIds([a.token_id, b.token_id]);
    expect([await read(a.token), await read(b.token)]).toEqual(["not_authenticated", "not_authenticated"]);
    expect(await codeOf(detail(a.token_id))).toBe("token_not_found");
    expect(await codeOf(generate({ label: "a" }))).toBe("done");
    const byKeys = (tokens: string[]) => call(deleteTokensByKeys, user.login, { body: { tokens } });
    const again = await byKeys([c.token, a.token]).catch((problem) => problem);
    expect(again).toMatchObject({ code: "unknown_tokens", detail: { places: [1] } });
    expect(JSON.stringify(again.detail)).not.toContain(a.token);
    await byKeys([c.token]);
    expect(await read(c.token)).toBe("not_authenticated");
    expect(
      await codeOf(call(deleteTokensByIds, admin.login, { body: { token_ids: [theirs.token_id] } })),
    ).toBe("done");
  });

  test("tell when, from where and how often they were used, written down together", async () => {
    const { token, token_id } = await generate();
    const before = await cloud.database.pool.query("select last_used_at from credentials where id = $1", [
      token_id,
    ]);
    for (let i = 0; i < 5; i++) await read(token);
    const unwritten = await cloud.database.pool.query("select last_used_at from credentials where id = $1", [
      token_id,
    ]);
    expect(unwritten.rows).toEqual(before.rows);
    await cloud.flushUsage();
    expect(await detail(token_id)).toMatchObject({
      count: 5,
      last_used_address: "127.0.0.1",
      last_used_time: expect.any(String),
      last_used_duration: expect.any(Number),
    });
  });

  test("report the jobs submitted with them for each platform, in a time and for those asked", async () => {
    const account = await cloud.addAccount();
    const [one, two] = [await generate({}, account), await generate({}, account)];
    for (let i = 0; i < 3; i++) await submit(one.token);
    const job = await call(fetchJob, cloud.worker, {});
    const report = { lease_token: job!.lease_token, results };
    await call(completeJob, cloud.worker, { params: { id: job!.job_id }, body: report });
    const usage = (query: object, target = account.login) => call(getTokenUsage, target, { query });
    const expected = {
      token_id: one.token_id,
      total_jobs: 3,
      usage: [
        {
          platform_name: "sim:test",
          nb_jobs: 3,
          duration_seconds: expect.any(Number),
          credits: 0,
          free_credits: 0,
        },
      ],
    };
    const unused = { token_id: two.token_id, total_jobs: 0, usage: [] };
    for (const ids of [`${one.token_id},${two.token_id}`, `[${one.token_id}, ${two.token_id}]`]) {
      expect(await usage({ token_ids: ids })).toEqual([expected, unused]);
    }
    expect((await usage({})).map(({ token_id }) => token_id)).toContain(one.token_id);
    const exploded = await cloud.app.inject({
      url: `/api/tokens/usage/report?token_ids=${one.token_id}&token_ids=${two.token_id}`,
      headers: { authorization: `Bearer ${account.login.token}` },
    });
    expect(exploded.json()).toEqual([expected, unused]);
    const ids = { token_ids: String(one.token_id) };
    expect(await usage({ ...ids, start_time: "2099-01-01T00:00:00+07:00" })).toMatchObject([
      { total_jobs: 0 },
    ]);
    expect(await usage({ ...ids, end_time: "2099-01-01T00:00:00Z" })).toMatchObject([{ total_jobs: 3 }]);
    expect(await codeOf(usage({ ...ids, start_time: "2026-06-30T23:59:60Z" }))).toBe("invalid_request");
    expect(await usage({}, as(one.token))).toMatchObject([{ token_id: one.token_id, total_jobs: 3 }]);
    expect(await codeOf(usage({ token_ids: String(two.token_id) }, as(one.token)))).toBe("unknown_tokens");
    expect(await codeOf(usage({ token_ids: "1", start_time: "yesterday" }))).toBe("invalid_request");
  });

  test("of workers are bound to platforms, shown once and ended at once", async () => {
    const body = { label: "bench", duration: 99_999, platform_ids: [cloud.platformId] };
    const { api_key, ...key } = await call(createWorkerKey, admin.login, { body });
    expect(key).toMatchObject({ label: "bench", platform_ids: [cloud.platformId], replaces: null });
    expect(secondsBetween(key.created_at, key.expires_at)).toBe(99_999);
    const params = { id: key.api_key_id };
    expect(await call(getWorkerKey, admin.login, { params })).toEqual(key);
    expect((await call(listWorkerKeys, admin.login, { query: { limit: 1 } })).api_keys).toEqual([key]);
    const fetch = () => codeOf(call(fetchJob, as(api_key), {}));
    expect(await fetch()).toBe("done");
    await call(bindWorkerKey, admin.login, { params, body: { platform_ids: [] } });
    expect(await fetch()).toBe("platform_not_found");
    await call(deleteWorkerKey, admin.login, { params });
    expect(await fetch()).toBe("not_authenticated");
    expect(await codeOf(call(getWorkerKey, admin.login, { params }))).toBe("worker_key_not_found");
    const missing = { ...body, platform_ids: [crypto.randomUUID()] };
    expect(await codeOf(call(createWorkerKey, admin.login, { body: missing }))).toBe("platform_not_found");
  });

  test("of workers are handed out for a recent login alone, and ended by any", async () => {
    const late = await addAdministrator(cloud);
    const since = (minutes: number) =>
      cloud.database.pool.query(
        "update credentials set created_at = clock_timestamp() - make_interval(mins => $2) where user_id = $1",
        [late.userId, minutes],
      );
    await since(9);
    const { api_key_id: id } = await call(createWorkerKey, late.login, { body: {} });
    await since(11);
    const params = { id };
    for (const refused of [
      call(createWorkerKey, late.login, { body: {} }),
      call(bindWorkerKey, late.login, { params, body: { platform_ids: [] } }),
      call(rotateWorkerKey, late.login, { params, body: {} }),
    ]) {
      expect(await codeOf(refused)).toBe("login_not_recent");
    }
    expect(await call(getWorkerKey, late.login, { params })).toMatchObject({ is_revoked: false });
    await call(deleteWorkerKey, late.login, { params });
    expect(await codeOf(call(getWorkerKey, late.login, { params }))).toBe("worker_key_not_found");
  });

  test("of workers are rotated once, by an administrator or themselves, and overlap for a day at most", async () => {
    const body = { platform_ids: [cloud.platformId], duration: 86_400 };
    const first = await call(createWorkerKey, admin.login, { body });
    const second = await call(rotateOwnWorkerKey, as(first.api_key), { body: { overlap: 600 } });
    expect(second).toMatchObject({
      label: first.label,
      platform_ids: first.platform_ids,
      replaces: first.api_key_id,
    });
    expect(secondsBetween(second.created_at, second.expires_at)).toBe(86_400);
    const old = await call(getWorkerKey, admin.login, { params: { id: first.api_key_id } });
    expect(secondsBetween(second.created_at, old.expires_at)).toBe(600);
    for (const key of [first, second]) expect(await codeOf(call(fetchJob, as(key.api_key), {}))).toBe("done");
    expect(await codeOf(call(rotateOwnWorkerKey, as(first.api_key), { body: {} }))).toBe(
      "worker_key_replaced",
    );
    const rotate = (id: number, overlap: number) =>
      call(rotateWorkerKey, admin.login, { params: { id }, body: { overlap } });
    expect(await codeOf(rotate(second.api_key_id, 86_401))).toBe("invalid_request");
    const third = await rotate(second.api_key_id, 0);
    expect(await codeOf(call(fetchJob, as(second.api_key), {}))).toBe("not_authenticated");
    expect(await codeOf(call(fetchJob, as(third.api_key), {}))).toBe("done");
    const query = { object: `worker_key:${second.api_key_id}` };
    const { events } = await call(listAuditEvents, admin.login, { query });
    expect(events).toMatchObject([{ action: "worker_key.rotate", after: { replaced_by: third.api_key_id } }]);
    expect(JSON.stringify(events)).not.toContain("cbn_w_");
  });

  test("that nobody names are drawn anew where their account has one that begins alike", async () => {
    const { pool } = cloud.database;
    const token = {
      kind: "job",
      userId: user.userId,
      label: "cbn_j_abcd",
      shownPrefix: "cbn_j_abcd",
    } as const;
    const insert = (labelFree: boolean) =>
      insertCredential(pool, { ...token, hash: randomBytes(32) }, { labelFree });
    expect(await insert(true)).toMatchObject({ id: expect.any(Number) });
    expect(await insert(true)).toBeUndefined();
    await expect(insert(false)).rejects.toMatchObject({ constraint: "credentials_label" });
  });
});
