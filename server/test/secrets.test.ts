import { Writable } from "node:stream";
import {
  call,
  createUser,
  createWorkerKey,
  generateToken,
  getSelf,
  listAuditEvents,
  listTokens,
  listUsers,
  listWorkerKeys,
  logIn,
  offerPasswordReset,
  resetPassword,
  revokeToken,
  updateSelf,
} from "@corbenic/protocol";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createApp } from "../src/app.ts";
import { offerSecret } from "../src/credentials/one-time-secret.ts";
import { addAdministrator } from "./administrator.ts";
import { describeOnBoth, type TestCloud } from "./test-cloud.ts";

describeOnBoth("secrets", (openCloud) => {
  let cloud: TestCloud;
  let app: FastifyInstance;
  const log: string[] = [];
  const answers: string[] = [];
  /** Each secret, and how often an answer may hold it: once where it is shown. */
  const secrets = new Map<string, number>();

  beforeAll(async () => {
    cloud = await openCloud();
    const stream = new Writable({
      write(chunk, _, done) {
        log.push(String(chunk));
        done();
      },
    });
    app = await createApp(cloud.services, { logger: { level: "trace", stream }, consoleDirectory: null });
    const fetch = async (url: URL, { method, headers, body }: RequestInit) => {
      const answer = await app.inject({
        method: method as "GET",
        url: url.pathname + url.search,
        headers: headers as Record<string, string>,
        ...(typeof body === "string" ? { payload: body } : {}),
      });
      answers.push(`${JSON.stringify(answer.headers)} ${answer.body}`);
      return new Response(answer.body, { status: answer.statusCode });
    };
    const target = (token?: string) => ({
      baseUrl: "http://cloud.test",
      token,
      fetch: fetch as unknown as typeof globalThis.fetch,
    });
    const keep = <T extends string>(secret: T, shown: number): T => {
      secrets.set(secret, shown);
      return secret;
    };

    const admin = target((await addAdministrator(cloud)).login.token);
    keep(admin.token!, 0);
    const drawn = await call(createUser, admin, { body: { email: "drawn@example.org" } });
    keep(drawn.password!, 1);
    const password = keep("glass of two colours", 0);
    const email = "ada@example.org";
    const { user_id } = await call(createUser, admin, { body: { email, password } });
    const wrong = keep("glass of three colours", 0);
    await call(logIn, target(), { body: { email, password: wrong } }).catch(() => undefined);
    const user = target(keep((await call(logIn, target(), { body: { email, password } })).token, 1));
    const next = keep("another pane of glass", 0);
    await call(updateSelf, user, { body: { password: next, current_password: password } });
    const { token } = await call(generateToken, user, { body: { label: "one" } });
    keep(token, 1);
    await call(revokeToken, user, { body: { token } });
    await call(revokeToken, user, { body: { token: `${token}x` } }).catch(() => undefined);
    await call(getSelf, target(token), {}).catch(() => undefined);
    keep((await call(createWorkerKey, admin, { body: {} })).api_key, 1);
    const { secret } = await call(offerPasswordReset, admin, { params: { id: user_id } });
    keep(secret, 1);
    const reset = keep("a third pane, much greener", 0);
    await call(resetPassword, target(), { body: { secret, password: reset } });
    keep((await offerSecret(cloud.database.pool, "bootstrap", null)).secret, 0);
    for (const list of [listUsers, listAuditEvents, listWorkerKeys]) await call(list, admin, {});
    await call(listTokens, admin, { query: { all: true } });
    // As somebody would who mistakes the place for it.
    await app.inject({ url: `/api/user?token=${token}`, headers: { authorization: `Basic ${token}` } });
  });
  afterAll(async () => {
    await app.close();
    await cloud.close();
  });

  async function storedTexts(): Promise<string[]> {
    const { rows: tables } = await cloud.database.pool.query<{ name: string }>(
      "select table_name as name from information_schema.tables where table_schema = current_schema() and table_type = 'BASE TABLE'",
    );
    const texts: string[] = [];
    for (const { name } of tables) {
      const { rows } = await cloud.database.pool.query<{ row: string }>(
        `select row_to_json(t)::text as row from "${name}" t`,
      );
      texts.push(...rows.map(({ row }) => row));
    }
    return texts;
  }

  test("are in an answer once at most: in the one that shows them", () => {
    expect(secrets.size).toBeGreaterThan(9);
    for (const [secret, shown] of secrets) {
      expect([secret, answers.filter((answer) => answer.includes(secret)).length]).toEqual([secret, shown]);
    }
  });

  test("are in no table, not even in part", async () => {
    const stored = (await storedTexts()).join("\n");
    for (const secret of secrets.keys()) {
      const beyondPrefix = secret.startsWith("cbn_") ? secret.slice(10, 24) : secret;
      expect([secret, stored.includes(beyondPrefix)]).toEqual([secret, false]);
    }
  });

  test("are in no line of the log, even of the most talkative one", () => {
    const written = log.join("");
    expect(written).toContain("/api/login");
    for (const secret of secrets.keys()) expect([secret, written.includes(secret)]).toEqual([secret, false]);
  });

  test("cannot be had from a copy of the database: nothing in it is a credential", async () => {
    const stored = (await storedTexts()).join("\n");
    const strings = new Set([...stored.matchAll(/"([^"\\]{1,200})"/g)].map((match) => match[1]!));
    for (const hex of stored.matchAll(/\\\\x([0-9a-f]{64})/g)) {
      strings.add(hex[1]!);
      strings.add(Buffer.from(hex[1]!, "hex").toString("base64url"));
    }
    let opened = 0;
    for (const text of strings) {
      const authorization = `Bearer ${encodeURI(text)}`;
      const { statusCode } = await cloud.app.inject({
        url: "/api/platform/sim:test",
        headers: { authorization },
      });
      if (statusCode !== 401) opened += 1;
    }
    expect(strings.size).toBeGreaterThan(50);
    expect(opened).toBe(0);
  });
});
