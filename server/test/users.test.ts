import {
  type BodyOf,
  call,
  cancelJob,
  createCompany,
  createUser,
  deleteUser,
  fetchJob,
  getJobStatus,
  getPlatform,
  getSelf,
  getUser,
  getUserOld,
  listAuditEvents,
  listUsers,
  logIn,
  type Problem,
  setAdministrator,
  updateSelf,
  updateUser,
} from "@corbenic/protocol";
import { afterAll, beforeAll, expect, test } from "vitest";
import { claimBootstrap, offerBootstrap } from "../src/setup/bootstrap.ts";
import { codeOf } from "./refusal.ts";
import { type Account, describeOnBoth, type TestCloud } from "./test-cloud.ts";

const password = "glass of two colours";
describeOnBoth("accounts", (openCloud) => {
  let cloud: TestCloud;
  let admin: Account;
  let made = 0;
  beforeAll(async () => {
    cloud = await openCloud();
    admin = await cloud.addAccount({ admin: true });
  });
  afterAll(() => cloud.close());

  const create = (body: Partial<BodyOf<typeof createUser>> = {}) =>
    call(createUser, admin.login, { body: { email: `made${made++}@example.org`, ...body } });
  const change = (id: number, body: BodyOf<typeof updateUser>) =>
    call(updateUser, admin.login, { params: { id }, body });
  const asWritten = (id: number) => call(getUser, admin.login, { params: { id } });

  test("are made by administrators with all that they are made of", async () => {
    const company = await call(createCompany, admin.login, { body: { name: "Lumière" } });
    const user = await create({
      email: "Ada@Example.org",
      password,
      first_name: "Ada",
      last_name: "Löveläce",
      priority: 7,
      company_id: company.company_id,
      platform_ids: [cloud.platformId],
    });
    expect(user).toMatchObject({
      email: "Ada@Example.org",
      first_name: "Ada",
      last_name: "Löveläce",
      is_admin: false,
      priority: 7,
      company_id: company.company_id,
      platform_ids: [cloud.platformId],
      enabled: true,
    });
    expect(user.password).toBeUndefined();
    expect(await asWritten(user.user_id)).toEqual(user);
    expect(await call(getUserOld, admin.login, { params: { id: user.user_id } })).toEqual(user);
    const body = { email: "ADA@example.ORG", password };
    expect(await call(logIn, cloud.anonymous, { body })).toMatchObject({ user_id: user.user_id });
  });

  test("have the defaults that clients count on, and a password that is drawn and shown once", async () => {
    const { password: drawn, ...user } = await create();
    expect(user).toMatchObject({ first_name: "", priority: 2, company_id: null, platform_ids: [] });
    expect(drawn).toMatch(/^\w{6}(-\w{6}){3}$/);
    expect(await asWritten(user.user_id)).toEqual(user);
    const body = { email: user.email, password: drawn! };
    expect(await codeOf(call(logIn, cloud.anonymous, { body }))).toBe("done");
  });

  test("have one email each, whatever the case of its letters", async () => {
    const { email, user_id } = await create();
    expect(await codeOf(create({ email: email.toUpperCase() }))).toBe("email_taken");
    const other = await create();
    expect(await codeOf(change(other.user_id, { email: email.toUpperCase() }))).toBe("email_taken");
    expect((await change(user_id, { email: email.toUpperCase() })).email).toBe(email.toUpperCase());
  });

  test("refuse emails, names and passwords that are none, and companies and platforms that are not there", async () => {
    for (const email of ["", "ada", "ada@", "@example.org", "a b@example.org", "ada@exämple.org", "a@b..c"]) {
      expect([email, await codeOf(create({ email }))]).toEqual([email, "invalid_request"]);
    }
    expect(await codeOf(create({ first_name: "a\u0000b" }))).toBe("invalid_request");
    expect(await codeOf(create({ last_name: "\ud800" }))).toBe("invalid_request");
    expect(await codeOf(create({ priority: 11 }))).toBe("invalid_request");
    expect(await codeOf(create({ company_id: 999_999 }))).toBe("company_not_found");
    expect(await codeOf(create({ platform_ids: [crypto.randomUUID()] }))).toBe("platform_not_found");
    const weak = await create({ password: "short" }).catch((problem: Problem) => problem);
    expect(weak).toMatchObject({ code: "password_refused", status: 400 });
    expect((weak as Problem).message).toContain("at least 15");
    expect(await codeOf(create({ email: "lancelot@example.org", password: "Lancelot-Passw0rd-1234" }))).toBe(
      "password_refused",
    );
  });

  test("are listed page by page, and found by text", async () => {
    const tag = crypto.randomUUID().slice(0, 8);
    for (let i = 0; i < 5; i++) await create({ email: `p${i}.${tag}@example.org`, first_name: `Page ${i}` });
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const query: { text: string; limit: number; cursor?: string } = {
        text: tag.toUpperCase(),
        limit: 2,
        ...(cursor === null ? {} : { cursor }),
      };
      const page: { users: { first_name: string }[]; next_cursor: string | null } = await call(
        listUsers,
        admin.login,
        { query },
      );
      seen.push(...page.users.map(({ first_name }) => first_name));
      cursor = page.next_cursor;
    } while (cursor !== null);
    expect(seen).toEqual(["Page 0", "Page 1", "Page 2", "Page 3", "Page 4"]);
    const query = { cursor: Buffer.from('["users","99999999999999999999"]').toString("base64url") };
    expect(await codeOf(call(listUsers, admin.login, { query }))).toBe("invalid_request");
  });

  test("change only in what is given", async () => {
    const user = await create({ first_name: "Ada", priority: 5, platform_ids: [cloud.platformId] });
    const changed = await change(user.user_id, { last_name: "King" });
    const { password: _, ...before } = user;
    expect(changed).toEqual({ ...before, last_name: "King" });
    expect((await change(user.user_id, { platform_ids: [] })).platform_ids).toEqual([]);
    expect(await codeOf(change(user.user_id, {}))).toBe("invalid_request");
  });

  test("leave who, what, before and after in the audit trail, and no secret", async () => {
    const user = await create({ priority: 5 });
    await change(user.user_id, { priority: 6 });
    const query = { object: `user:${user.user_id}` };
    const { events } = await call(listAuditEvents, admin.login, { query });
    expect(events).toMatchObject([
      {
        action: "user.update",
        email: admin.email,
        caller: "admin",
        before: { priority: 5 },
        after: { priority: 6 },
      },
      { action: "user.create", user_id: admin.userId, after: { email: user.email } },
    ]);
    expect(JSON.stringify(events)).not.toContain(user.password);
  });

  test("are not made, deleted or turned into administrators by operations on accounts", async () => {
    expect(await codeOf(create({ is_admin: true }))).toBe("administrator_protected");
    const user = await create();
    expect(await codeOf(change(user.user_id, { is_admin: true }))).toBe("administrator_protected");
    const other = await cloud.addAccount({ admin: true });
    const params = { id: other.userId };
    expect(await codeOf(call(deleteUser, admin.login, { params }))).toBe("administrator_protected");
    expect(await codeOf(change(other.userId, { is_admin: false }))).toBe("administrator_protected");
    expect((await change(other.userId, { is_admin: true, priority: 3 })).priority).toBe(3);
    await call(setAdministrator, admin.login, { params, body: { is_admin: false } });
    expect(await codeOf(call(listUsers, other.login, {}))).toBe("not_allowed");
    expect(await codeOf(call(deleteUser, admin.login, { params }))).toBe("done");
  });

  test("of a last enabled administrator stay what they are, however many try at once", async () => {
    const { rows } = await cloud.database.pool.query<{ id: number }>(
      "select id from users where is_admin and disabled_at is null and id <> $1",
      [admin.userId],
    );
    for (const { id } of rows)
      await call(setAdministrator, admin.login, { params: { id }, body: { is_admin: false } });
    const alone = { params: { id: admin.userId } };
    expect(await codeOf(call(setAdministrator, admin.login, { ...alone, body: { is_admin: false } }))).toBe(
      "last_administrator",
    );
    expect(await codeOf(change(admin.userId, { enabled: false }))).toBe("last_administrator");

    for (let round = 0; round < 10; round++) {
      const second = await cloud.addAccount({ admin: true });
      const outcomes = await Promise.all([
        codeOf(
          call(setAdministrator, admin.login, { params: { id: second.userId }, body: { is_admin: false } }),
        ),
        codeOf(call(setAdministrator, second.login, { ...alone, body: { is_admin: false } })),
        codeOf(call(updateUser, second.login, { ...alone, body: { enabled: false } })),
        codeOf(call(updateUser, admin.login, { params: { id: second.userId }, body: { enabled: false } })),
      ]);
      expect(outcomes).toContain("done");
      const left = await cloud.database.pool.query(
        "select id from users where is_admin and disabled_at is null and deleted_at is null",
      );
      expect(left.rows).toHaveLength(1);
      await cloud.database.pool.query("update users set is_admin = true, disabled_at = null where id = $1", [
        admin.userId,
      ]);
      await cloud.database.pool.query("update users set is_admin = false where id = $1", [second.userId]);
    }
  });

  test("that are disabled stop at once: tokens are refused and waiting jobs are suspended, until enabled", async () => {
    const user = await cloud.addAccount();
    const id = await cloud.submit(user);
    const aside = await cloud.submit(user);
    await cloud.database.pool.query("update jobs set state = 'suspended' where id = $1", [aside]);
    await change(user.userId, { enabled: false });
    expect(await codeOf(call(getJobStatus, user.jobs, { params: { id } }))).toBe("not_authenticated");
    expect(await codeOf(call(getSelf, user.login, {}))).toBe("not_authenticated");
    expect(await call(fetchJob, cloud.worker, {})).toBeUndefined();

    await change(user.userId, { enabled: true });
    expect(await call(getJobStatus, user.jobs, { params: { id } })).toMatchObject({ status: "waiting" });
    const stays = await call(getJobStatus, user.jobs, { params: { id: aside } });
    expect(stays).toMatchObject({ status: "suspended" });
    const { rows } = await cloud.database.pool.query(
      "select transition, to_state, actor from job_events where job_id = $1 order by id offset 1",
      [id],
    );
    expect(rows).toEqual([
      { transition: "suspend_waiting", to_state: "suspended", actor: "admin" },
      { transition: "resume", to_state: "waiting", actor: "admin" },
    ]);
    await call(cancelJob, user.jobs, { params: { id } });
  });

  test("that are deleted end with their credentials and jobs, keep their history and free their email", async () => {
    const user = await cloud.addAccount();
    const running = await cloud.submit(user);
    expect((await cloud.lease()).job_id).toBe(running);
    const waiting = await cloud.submit(user);
    const params = { id: user.userId };
    expect(await call(deleteUser, admin.login, { params })).toMatchObject({
      jobs_canceled: 2,
      credentials_revoked: 2,
    });
    expect(await codeOf(call(getJobStatus, user.jobs, { params: { id: waiting } }))).toBe(
      "not_authenticated",
    );
    expect(await codeOf(call(getUser, admin.login, { params }))).toBe("user_not_found");
    expect(await codeOf(call(deleteUser, admin.login, { params }))).toBe("user_not_found");
    const { rows } = await cloud.database.pool.query(
      "select state, status_message from jobs where owner_id = $1 order by created_at",
      [user.userId],
    );
    expect(rows).toEqual([
      { state: "cancel_requested", status_message: null },
      { state: "canceled", status_message: "The account was deleted." },
    ]);
    const again = await create({ email: user.email });
    expect(again.user_id).not.toBe(user.userId);
    const query = { object: `user:${user.userId}` };
    expect((await call(listAuditEvents, admin.login, { query })).events).toMatchObject([
      { action: "user.delete", before: { email: user.email } },
    ]);
  });

  test("that lose a permission lose the platform with the next request", async () => {
    const user = await cloud.addAccount();
    const read = () => codeOf(call(getPlatform, user.jobs, { params: { name: "sim:test" } }));
    expect(await read()).toBe("done");
    await change(user.userId, { platform_ids: [] });
    expect(await read()).toBe("platform_not_found");
  });

  test("let people change their names, and their password if they know it", async () => {
    const user = await create({ password });
    const signIn = async (secret: string) =>
      call(logIn, cloud.anonymous, { body: { email: user.email, password: secret } });
    const as = ({ token }: { token: string }) => ({ ...cloud.anonymous, token });
    const here = as(await signIn(password));
    const elsewhere = as(await signIn(password));
    expect(await call(updateSelf, here, { body: { first_name: "Ada" } })).toMatchObject({
      first_name: "Ada",
    });

    const next = "another glass, and four hues";
    const update = (body: BodyOf<typeof updateSelf>) => codeOf(call(updateSelf, here, { body }));
    expect(await update({ password: next })).toBe("current_password_refused");
    expect(await update({ password: next, current_password: "wrong" })).toBe("current_password_refused");
    expect(await update({ password: "short", current_password: password })).toBe("password_refused");
    expect(await update({ password: next, current_password: password })).toBe("done");
    expect(await codeOf(call(getSelf, here, {}))).toBe("done");
    expect(await codeOf(call(getSelf, elsewhere, {}))).toBe("not_authenticated");
    expect(await codeOf(signIn(password))).toBe("login_refused");
    expect(await codeOf(signIn(next))).toBe("done");
  });

  test("begin with an administrator made by a secret that is good once, while there is none", async () => {
    const { pool } = cloud.database;
    expect(await offerBootstrap(pool)).toBeUndefined();
    await pool.query("update users set is_admin = false where is_admin");
    const actor = {
      kind: "anyone",
      userId: null,
      credentialId: null,
      address: "127.0.0.1",
      requestId: "r",
    } as const;
    const claim = (secret: string, email: string) =>
      codeOf(claimBootstrap(pool, actor, { secret, email, password }));

    const outdated = await offerBootstrap(pool);
    const offered = await offerBootstrap(pool);
    expect(await claim(outdated!.secret, "first@example.org")).toBe("secret_refused");
    expect(await claim("cbn_o_nonsense", "first@example.org")).toBe("secret_refused");
    const claims = await Promise.all(
      ["first@example.org", "second@example.org"].map((email) => claim(offered!.secret, email)),
    );
    expect(claims.toSorted()).toEqual(["done", "secret_refused"]);
    expect((await pool.query("select from users where is_admin")).rows).toHaveLength(1);
    expect(await offerBootstrap(pool)).toBeUndefined();

    await pool.query("update users set is_admin = false where is_admin");
    const late = await offerBootstrap(pool);
    await pool.query("update one_time_secrets set expires_at = clock_timestamp()");
    expect(await claim(late!.secret, "late@example.org")).toBe("secret_refused");
  });
});
