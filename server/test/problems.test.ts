import { readFileSync } from "node:fs";
import { call, getHealth, problems, registerPlatform } from "@corbenic/protocol";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createApp } from "../src/app.ts";
import { validatorFor } from "../src/http/validation.ts";
import { openTestCloud, type TestCloud } from "./test-cloud.ts";

describe("docs/problems.md", () => {
  const page = readFileSync(new URL("../../docs/problems.md", import.meta.url), "utf8");
  const rows = page
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .map((line) => line.split(" | ").map((cell) => cell.replace(/^\| | \|$/g, "").replaceAll("`", "")));

  test("lists every problem with its status and remedy, in the order of the table, and no other", () => {
    const listed = rows.map(([code, status, , remedy]) => [code, Number(status), remedy]);
    const table = Object.entries(problems).map(([code, { status, remedy }]) => [code, status, remedy]);
    expect(listed).toEqual(table);
  });

  test("says what each of them means", () => {
    expect(rows.filter(([, , meaning]) => !meaning?.endsWith(".")).map(([code]) => code)).toEqual([]);
  });
});

describe("problems over HTTP", () => {
  let cloud: TestCloud;
  let app: FastifyInstance;
  beforeAll(async () => {
    cloud = await openTestCloud();
    app = cloud.app;
  });
  afterAll(() => cloud.close());

  test("point to where they are explained", async () => {
    const { headers, body } = await app.inject({ method: "POST", url: "/admin/platforms/register" });
    expect(headers["content-type"]).toContain("application/problem+json");
    const { type, code } = JSON.parse(body) as { type: string; code: string };
    expect(code).toBe("not_authenticated");
    const [path, anchor] = type.split("#");
    const page = await app.inject(path!);
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain(`id="${anchor}"`);
    for (const each of Object.keys(problems)) expect(page.body).toContain(`<section id="${each}">`);
  });

  test("are documented with an example for each code, which fits the shape", async () => {
    const document = (await app.inject("/openapi.json")).json();
    const { responses } = document.paths[registerPlatform.path].post;
    const media = responses[403].content["application/problem+json"];
    expect(Object.keys(media.examples).sort()).toEqual(["not_allowed", "token_read_only"]);
    const fits = validatorFor({ schema: media.schema, httpPart: "body", method: "POST", url: "/" } as never);
    for (const { value } of Object.values<{ value: unknown }>(media.examples)) expect(fits(value)).toBe(true);
    const perceval = document.paths["/api/job"].post.responses[404].content["application/json"];
    expect(perceval.examples.platform_not_found.value).toMatchObject({
      code: "platform_not_found",
      error: expect.any(String),
    });
  });

  test("never tell what the server did not expect, and are told apart from what was sent", async () => {
    const nul = await app.inject({
      method: "GET",
      url: "/api/platform/a%00b",
      headers: { authorization: `Bearer ${cloud.owner.jobs.token}` },
    });
    expect([nul.statusCode, nul.json().code]).toEqual([400, "invalid_request"]);
    expect(nul.body).not.toMatch(/encoding|0x00|postgres/i);
  });

  test("have no part in a root without a console, which says where things are, nor in the missing toolbox", async () => {
    expect((await app.inject("/")).json()).toMatchObject({ name: "Corbenic", health: "/health" });
    const toolbox = (await app.inject("/qt-openapi.json")).json();
    expect(toolbox).toMatchObject({ openapi: "3.1.0", paths: {} });
    expect(toolbox.info.description).toContain("not built");
    expect((await app.inject({ method: "POST", url: "/qt/graphDSI" })).json().code).toBe("route_not_found");
  });

  test("tell whoever asks for health that the database is away, while the process is alive", async () => {
    const broken = { query: () => Promise.reject(new Error("connection refused at 10.0.0.1")) } as never;
    const cut = await createApp({ ...cloud.services, db: broken }, { logger: false, consoleDirectory: null });
    expect((await cut.inject("/healthz")).json()).toEqual({ status: "ok" });
    const health = await cut.inject("/health");
    expect([health.statusCode, health.json().code]).toEqual([503, "not_ready"]);
    expect(health.body).not.toContain("10.0.0.1");
    await cut.close();
    expect(await call(getHealth, cloud.anonymous, {})).toMatchObject({ status: "ok" });
  });
});
