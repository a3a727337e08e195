import { call, getSelf, logOut, offerPasswordReset, type Problem, resetPassword } from "@corbenic/protocol";
import { hash } from "@node-rs/argon2";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Actor } from "../src/audit/actor.ts";
import { logIn } from "../src/logins/login.ts";
import { codeOf } from "./refusal.ts";
import { type Account, describeOnBoth, type TestCloud } from "./test-cloud.ts";

const password = "glass of two colours";

describeOnBoth("logging in", (openCloud) => {
  let cloud: TestCloud;
  let admin: Account;
  let cheapHash: string;
  beforeAll(async () => {
    cloud = await openCloud();
    admin = await cloud.addAccount({ admin: true });
    // Of the current cost in all but the memory, so that ten thousand guesses take no minutes.
    cheapHash = await hash(password, { algorithm: 2, memoryCost: 64, timeCost: 1, parallelism: 1 });
  });
  afterAll(() => cloud.close());

  async function addPerson(passwordHash = cheapHash): Promise<Account> {
    const account = await cloud.addAccount();
    await setHash(account.userId, passwordHash);
    return account;
  }
  const setHash = (userId: number, passwordHash: string) =>
    cloud.database.pool.query("update users set password_hash = $2 where id = $1", [userId, passwordHash]);

  const send = (body: object, address = "127.0.0.1") =>
    cloud.app.inject({ method: "POST", url: "/api/login", payload: body, remoteAddress: address });

  /** Logs in at a time and from a place that the test chooses. */
  const attempt = async (email: string, guess: string, address: string, at: Date) => {
    const actor: Actor = { kind: "anyone", userId: null, credentialId: null, address, requestId: "r" };
    try {
      const { token } = await logIn({ db: cloud.database.pool, clock: () => at }, actor, {
        email,
        password: guess,
      });
      return { code: "done", token, retryAfterS: 0 };
    } catch (error) {
      const { code, detail } = error as Problem;
      return { code, token: undefined, retryAfterS: Number(detail?.retry_after_s ?? 0) };
    }
  };

  test("gives a token that ends by logging out, by time and by idleness", async () => {
    const person = await addPerson();
    const answer = await send({ email: person.email, password });
    expect(answer.statusCode).toBe(200);
    const { token, expires_at, user_id } = answer.json();
    expect(token).toMatch(/^cbn_l_/);
    expect(user_id).toBe(person.userId);
    const target = { ...cloud.anonymous, token };
    const { pool } = cloud.database;
    const issued = await pool.query(
      `select round(extract(epoch from expires_at - created_at))::int as life_s, idle_s, expires_at from credentials
        where user_id = $1 and kind = 'login' order by id desc limit 1`,
      [person.userId],
    );
    expect(issued.rows[0]).toEqual({ life_s: 43_200, idle_s: 7_200, expires_at: new Date(expires_at) });
    const works = () =>
      call(getSelf, target, {}).then(
        () => true,
        () => false,
      );
    expect(await works()).toBe(true);
    const touch = (set: string) =>
      pool.query(`update credentials set ${set} where user_id = $1 and kind = 'login'`, [person.userId]);
    await touch("last_used_at = clock_timestamp() - interval '119 minutes'");
    expect(await works()).toBe(true);
    await touch("last_used_at = clock_timestamp() - interval '121 minutes'");
    expect(await works()).toBe(false);
    await touch("last_used_at = clock_timestamp(), expires_at = clock_timestamp()");
    expect(await works()).toBe(false);

    const second = {
      ...cloud.anonymous,
      token: (await send({ email: person.email, password })).json().token,
    };
    await call(logOut, second, {});
    await expect(call(getSelf, second, {})).rejects.toMatchObject({ code: "not_authenticated" });
  });

  test("is refused alike for a wrong password, an unknown email, a disabled and a deleted account", async () => {
    const [right, disabled, deleted] = [await addPerson(), await addPerson(), await addPerson()];
    const { pool } = cloud.database;
    await pool.query("update users set disabled_at = clock_timestamp() where id = $1", [disabled.userId]);
    await pool.query("update users set deleted_at = clock_timestamp() where id = $1", [deleted.userId]);
    const bodies = [
      { email: right.email, password: "not the right one" },
      { email: "nobody@example.org", password },
      { email: "not even an email", password },
      { email: disabled.email, password },
      { email: deleted.email, password },
    ];
    const answers = [];
    for (const body of bodies) {
      const { statusCode, headers, body: text } = await send(body);
      const { date: _, ...rest } = headers;
      answers.push(JSON.stringify([statusCode, rest, text.replace(/[0-9a-f-]{36}/, "<id>")]));
    }
    expect(answers[0]).toContain("login_refused");
    expect(new Set(answers).size).toBe(1);
  });

  test("keeps a hash of the current cost only", async () => {
    const person = await addPerson();
    expect((await send({ email: person.email, password })).statusCode).toBe(200);
    const { rows } = await cloud.database.pool.query("select password_hash from users where id = $1", [
      person.userId,
    ]);
    expect(rows[0].password_hash).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=1\$/);
    expect((await send({ email: person.email, password })).statusCode).toBe(200);
  });

  test("says with 429 and Retry-After when the next attempt may be made", async () => {
    const person = await addPerson();
    const statuses = [];
    for (let i = 0; i < 8; i++) {
      const { statusCode, headers } = await send({ email: person.email, password: "wrong" }, "198.51.100.1");
      statuses.push(statusCode);
      if (statusCode === 429) expect(Number(headers["retry-after"])).toBeGreaterThan(0);
    }
    expect(statuses.slice(0, 6)).toEqual(Array(6).fill(401));
    expect(statuses.at(-1)).toBe(429);
    expect((await send({ email: person.email, password }, "198.51.100.1")).statusCode).toBe(429);
    expect((await send({ email: person.email, password }, "198.51.100.2")).statusCode).toBe(200);
  });

  test("guessed at all at once is looked at no more often than one after the other", async () => {
    const person = await addPerson();
    const guesses = Array.from({ length: 40 }, () =>
      send({ email: person.email, password: "wrong" }, "192.0.2.9"),
    );
    const statuses = (await Promise.all(guesses)).map(({ statusCode }) => statusCode);
    expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(7);
    expect(statuses.filter((status) => status !== 401 && status !== 429)).toEqual([]);
  });

  test("attacked by 10,000 guesses evaluates at most 100, and lets the owner in from elsewhere", async () => {
    const person = await addPerson();
    const start = Date.UTC(2026, 0, 1);
    let evaluated = 0;
    for (let second = 0; second < 10_000; second++) {
      const at = new Date(start + second * 1000);
      const guess = await attempt(person.email, `guess ${second}`, "203.0.113.1", at);
      if (guess.code === "login_refused") evaluated += 1;
      else expect(guess.code).toBe("login_delayed");
      if (second % 1000 !== 999) continue;
      expect((await attempt(person.email, password, `192.0.2.${second % 7}`, at)).code).toBe("done");
      await setHash(person.userId, cheapHash);
    }
    console.log(`10,000 guesses from one address, 1 a second: ${evaluated} evaluated`);
    expect(evaluated).toBeLessThanOrEqual(100);
  }, 240_000);

  test("with many emails from one place is slowed down there, and nowhere else", async () => {
    const at = Date.UTC(2026, 5, 1);
    const guess = (i: number, address: string) =>
      attempt(`stuffed${i}@example.org`, "guess", address, new Date(at + i * 100));
    const codes = [];
    for (let i = 0; i < 100; i++) codes.push((await guess(i, "203.0.113.77")).code);
    expect(codes.filter((code) => code === "login_refused").length).toBeLessThan(30);
    expect((await guess(101, "203.0.113.78")).code).toBe("login_refused");
  });

  test("after a reset takes the new password, by a secret that is good once", async () => {
    const person = await addPerson();
    const before = {
      ...cloud.anonymous,
      token: (await send({ email: person.email, password })).json().token,
    };
    const offer = () => call(offerPasswordReset, admin.login, { params: { id: person.userId } });
    const reset = (secret: string, next: string) =>
      codeOf(call(resetPassword, cloud.anonymous, { body: { secret, password: next } }));
    const outdated = await offer();
    const { secret } = await offer();
    const next = "quite another pane of glass";
    expect(await reset(outdated.secret, next)).toBe("secret_refused");
    expect(await reset(secret, "short")).toBe("password_refused");
    expect(await reset(secret, next)).toBe("done");
    expect(await reset(secret, next)).toBe("secret_refused");
    await expect(call(getSelf, before, {})).rejects.toMatchObject({ code: "not_authenticated" });
    expect((await send({ email: person.email, password: next })).statusCode).toBe(200);
    expect((await send({ email: person.email, password })).statusCode).toBe(401);
  });
});
