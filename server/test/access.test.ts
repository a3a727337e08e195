import {
  call,
  type Endpoint,
  fetchJob,
  getHealth,
  getPlatform,
  getPlatformProcessor,
} from "@corbenic/protocol";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { routes } from "../src/app.ts";
import { defaultLimits } from "../src/config.ts";
import { createUsageTally } from "../src/credentials/usage-tally.ts";
import { createEventFeed } from "../src/events/event-feed.ts";
import { createQueueSignal } from "../src/leases/queue-signal.ts";
import { describeOnBoth, type TestCloud } from "./test-cloud.ts";

describeOnBoth("access", (openCloud) => {
  let cloud: TestCloud;
  let endpoints: Endpoint[];
  beforeAll(async () => {
    cloud = await openCloud();
    const services = {
      db: cloud.database.pool,
      usage: createUsageTally(),
      events: createEventFeed({} as never),
      limits: defaultLimits,
      queueSignal: createQueueSignal(),
      stopping: new AbortController().signal,
      version: "",
    };
    endpoints = routes(services).map(({ endpoint }) => endpoint);
  });
  afterAll(() => cloud.close());

  const send = (endpoint: Endpoint, authorization?: string) =>
    cloud.app.inject({
      method: endpoint.method,
      url: endpoint.path.replace(/\{\w+\}/g, "3f0f1c1e-7c1b-4f43-9a53-2f1d0f6f7a10"),
      headers: authorization === undefined ? {} : { authorization },
    });

  test("is refused without a credential wherever one is needed", async () => {
    const guarded = endpoints.filter(({ callers }) => callers !== "anyone");
    expect(guarded.length).toBeGreaterThan(10);
    for (const endpoint of guarded) {
      for (const authorization of [undefined, "Bearer None", "Bearer cbn_j_nonsense", "Basic eA=="]) {
        const { statusCode, headers } = await send(endpoint, authorization);
        expect([endpoint.operationId, statusCode, headers["www-authenticate"]]).toEqual([
          endpoint.operationId,
          401,
          "Bearer",
        ]);
      }
    }
  });

  test("is refused to kinds of principal that the endpoint does not name", async () => {
    for (const endpoint of endpoints) {
      if (endpoint.callers === "anyone") continue;
      const token = endpoint.callers.includes("worker") ? cloud.owner.jobs.token : cloud.worker.token;
      expect([endpoint.operationId, (await send(endpoint, `Bearer ${token}`)).statusCode]).toEqual([
        endpoint.operationId,
        403,
      ]);
    }
  });

  test("to a platform depends on the account's permission", async () => {
    const outsider = await cloud.addAccount({ permitted: false });
    for (const endpoint of [getPlatform, getPlatformProcessor]) {
      const params = { name: "sim:test" };
      expect(await call(endpoint, cloud.owner.jobs, { params })).toMatchObject({
        name: "sim:test",
        status: "available",
      });
      await expect(call(endpoint, outsider.jobs, { params })).rejects.toMatchObject({
        code: "platform_not_found",
      });
    }
  });

  test("ends with the credential", async () => {
    const account = await cloud.addAccount();
    const read = () => call(getPlatform, account.jobs, { params: { name: "sim:test" } });
    await read();
    await cloud.database.pool.query(
      "update credentials set revoked_at = clock_timestamp() where user_id = $1",
      [account.userId],
    );
    await expect(read()).rejects.toMatchObject({ code: "not_authenticated" });
  });

  test("to health needs nothing", async () => {
    expect(await call(getHealth, cloud.anonymous, {})).toEqual({ status: "ok", version: "0.0.0-test" });
  });

  test("for a worker is limited to the platform it names", async () => {
    const query = { platform_name: "sim:unknown" };
    await expect(call(fetchJob, cloud.worker, { query })).rejects.toMatchObject({
      code: "platform_not_found",
    });
  });
});

describe("the OpenAPI document", () => {
  test("describes every operation with an id, a summary, its refusals and 3.1", async () => {
    const { createApp } = await import("../src/app.ts");
    const app = await createApp(
      {
        db: { query: () => Promise.reject(new Error("no database")) } as never,
        usage: createUsageTally(),
        events: createEventFeed({} as never),
        limits: defaultLimits,
        queueSignal: createQueueSignal(),
        stopping: new AbortController().signal,
        version: "1",
      },
      { logger: false, consoleDirectory: null },
    );
    const document = (await app.inject("/openapi.json")).json();
    expect(document.openapi).toBe("3.1.0");
    const operations = Object.values<
      Record<string, { operationId: string; summary: string; responses: object }>
    >(document.paths).flatMap((path) => Object.values(path));
    expect(operations.length).toBeGreaterThanOrEqual(14);
    expect(operations.filter(({ operationId, summary }) => !operationId || !summary)).toEqual([]);
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    expect(document.paths["/api/job"].post.responses).toHaveProperty("429");
    expect(
      document.paths["/api/job"].post.requestBody.content["application/json"].schema.examples ??
        document.paths["/api/job"].post.requestBody.content["application/json"],
    ).toBeTruthy();
    await app.close();
  });
});
