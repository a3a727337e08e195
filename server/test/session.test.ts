import { beginSession, getSelf, updateSelf } from "@corbenic/protocol";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hashPassword } from "../src/users/password.ts";
import { insertUser } from "../src/users/user-store.ts";
import { describeOnBoth, type TestCloud } from "./test-cloud.ts";

const email = "ada@example.org";
const password = "seventeen grey herons";

describeOnBoth("a session of the console", (openCloud) => {
  let cloud: TestCloud;
  beforeAll(async () => {
    cloud = await openCloud();
    const passwordHash = await hashPassword(password);
    await insertUser(cloud.database.pool, { email, passwordHash, isAdmin: false });
  });
  afterAll(() => cloud.close());

  const send = (method: "GET" | "POST" | "PATCH" | "DELETE", url: string, more: object = {}) =>
    cloud.app.inject({ method, url, ...more });

  async function begin(): Promise<string> {
    const answer = await send("POST", beginSession.path, { payload: { email, password } });
    expect(answer.statusCode).toBe(200);
    return String(answer.headers["set-cookie"]);
  }
  const pairOf = (cookie: string) => cookie.split(";")[0]!;
  const ofConsole = { "x-corbenic-console": "1" };

  test("keeps its token in a cookie that no script and no other site sees, and nowhere else", async () => {
    const answer = await send("POST", beginSession.path, { payload: { email, password } });
    const cookie = String(answer.headers["set-cookie"]);
    expect(cookie).toMatch(/; Path=\/; Max-Age=43[12]\d\d; HttpOnly; SameSite=Strict$/);
    expect(answer.body).not.toContain("cbn_l_");
    expect(answer.json()).toMatchObject({ is_admin: false });
  });

  test("is refused for a wrong password, without a cookie", async () => {
    const answer = await send("POST", beginSession.path, { payload: { email, password: "wrong" } });
    expect(answer.statusCode).toBe(401);
    expect(answer.json()).toMatchObject({ code: "login_refused" });
    expect(answer.headers["set-cookie"]).toBeUndefined();
  });

  test("counts in requests of the console alone: what another site can send changes and reads nothing", async () => {
    const cookie = pairOf(await begin());
    const same = { ...ofConsole, "sec-fetch-site": "same-origin" };
    expect((await send("GET", getSelf.path, { headers: { cookie, ...same } })).json()).toMatchObject({
      email,
    });
    for (const headers of [
      { cookie },
      { cookie, "sec-fetch-site": "cross-site" },
      { cookie, "sec-fetch-site": "same-site" },
      { cookie, ...ofConsole, "sec-fetch-site": "cross-site" },
      { cookie, ...ofConsole, "sec-fetch-site": "same-site" },
      { cookie, "x-corbenic-console": "0" },
    ]) {
      const change = { headers, payload: { first_name: "Mallory" } };
      expect((await send("PATCH", updateSelf.path, change)).statusCode).toBe(401);
      expect((await send("GET", getSelf.path, { headers })).statusCode).toBe(401);
    }
    const after = await send("GET", getSelf.path, { headers: { cookie, ...ofConsole } });
    expect(after.json()).toMatchObject({ first_name: "" });
  });

  test("gives way to a token in the Authorization header", async () => {
    const cookie = pairOf(await begin());
    const headers = { cookie, ...ofConsole, authorization: "Bearer wrong" };
    expect((await send("GET", getSelf.path, { headers })).statusCode).toBe(401);
  });

  test("ends, with its token, when one signs out", async () => {
    const cookie = pairOf(await begin());
    const headers = { cookie, ...ofConsole };
    const ended = await send("DELETE", beginSession.path, { headers });
    expect(ended.statusCode).toBe(200);
    expect(String(ended.headers["set-cookie"])).toMatch(/=; Path=\/; Max-Age=0; /);
    expect((await send("GET", getSelf.path, { headers })).statusCode).toBe(401);
  });
});
