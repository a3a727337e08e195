import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Fastify, { type FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { consolePages } from "../src/http/console-pages.ts";
import { replyNotFound } from "../src/http/problem-reply.ts";

describe("the console's pages", () => {
  const directory = mkdtempSync(join(tmpdir(), "corbenic-console-"));
  let app: FastifyInstance;
  beforeAll(async () => {
    mkdirSync(join(directory, "assets"));
    writeFileSync(join(directory, "index.html"), "<!doctype html><title>console</title>");
    writeFileSync(join(directory, "assets", "index-1a2b.js"), "1");
    app = Fastify();
    app.setNotFoundHandler(replyNotFound);
    app.get("/health", async () => ({ status: "ok" }));
    await app.register(consolePages, { directory });
  });
  afterAll(async () => {
    await app.close();
    rmSync(directory, { recursive: true });
  });
  const open = (url: string, accept = "text/html,*/*") => app.inject({ url, headers: { accept } });

  test.each(["/", "/jobs", "/jobs/7?tab=results", "/platforms/sim:slos", "/administration/users"])(
    "%s is a page, which runs nothing but its own scripts",
    async (url) => {
      const answer = await open(url);
      expect(answer.statusCode).toBe(200);
      expect(answer.body).toContain("<title>console</title>");
      const policy = String(answer.headers["content-security-policy"]);
      expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
      expect(policy).toContain("frame-ancestors 'none'; require-trusted-types-for 'script'");
      expect(policy).not.toContain("unsafe");
      expect(answer.headers["x-content-type-options"]).toBe("nosniff");
      expect(answer.headers["cache-control"]).toBe("no-cache");
    },
  );

  test("what the build named by its content is kept for good", async () => {
    const answer = await open("/assets/index-1a2b.js", "*/*");
    expect(answer.headers["cache-control"]).toBe("public, max-age=31536000, immutable");
  });

  test.each([
    ["/assets/index-gone.js", "text/html,*/*"],
    ["/api/nothing", "text/html,*/*"],
    ["/admin/nothing", "text/html,*/*"],
    ["/jobs", "application/json"],
  ])("%s is not found where %s is asked for", async (url, accept) => {
    const answer = await open(url, accept);
    expect(answer.statusCode).toBe(404);
    expect(answer.json()).toMatchObject({ code: "route_not_found" });
  });

  test("operations stay what they are", async () => {
    expect((await open("/health")).json()).toEqual({ status: "ok" });
  });
});
