import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { call, fetchJob, submitJob } from "@corbenic/protocol";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningServer, setUpLocalCloud, startServer } from "../src/index.ts";
import { payload } from "./test-cloud.ts";

describe("metrics", () => {
  const dataDirectory = mkdtempSync(join(tmpdir(), "corbenic-metrics-"));
  let server: RunningServer;
  let jobs: { baseUrl: string; token: string };
  let worker: { baseUrl: string; token: string };
  beforeAll(async () => {
    const place = { host: "127.0.0.1", port: 0, metricsPort: 0, dataDirectory };
    server = await startServer({ ...place, logger: false, consoleDirectory: null });
    const { jobToken, workerKey } = await setUpLocalCloud(server);
    jobs = { baseUrl: server.url, token: jobToken };
    worker = { baseUrl: server.url, token: workerKey };
  });
  afterAll(async () => {
    await server.stop();
    rmSync(dataDirectory, { recursive: true, force: true });
  });

  const ask = async (path: string) => {
    const answer = await fetch(`${server.metricsUrl}${path}`);
    return { status: answer.status, text: await answer.text() };
  };
  /** The value of a line such as `name{platform="sim:qa"}`. */
  const read = async (series: string) => {
    const { text } = await ask("/metrics");
    const line = text.split("\n").find((each) => each.startsWith(`${series} `));
    return line === undefined ? undefined : Number(line.slice(series.length + 1));
  };

  test("tell what waits and runs on each platform", async () => {
    const on = (name: string) => read(`${name}{platform="sim:qa"}`);
    expect(await on("corbenic_jobs_unended")).toBe(0);
    expect(await on("corbenic_queue_head_wait_seconds")).toBeUndefined();
    await call(submitJob, jobs, { body: { platform_name: "sim:qa", job_name: "one", payload } });
    await call(submitJob, jobs, { body: { platform_name: "sim:qa", job_name: "two", payload } });
    expect(await on("corbenic_jobs_unended")).toBe(2);
    expect(await on("corbenic_jobs_running")).toBe(0);
    expect(await on("corbenic_queue_head_wait_seconds")).toBeGreaterThanOrEqual(0);
    await call(fetchJob, worker, { query: {} });
    expect(await on("corbenic_jobs_running")).toBe(1);
    expect(await on("corbenic_platform_unasked_seconds")).toBeGreaterThanOrEqual(0);
  });

  test("count answers by operation and status", async () => {
    const count = (operation: string, status: number) =>
      read(`corbenic_http_request_duration_seconds_count{operation="${operation}",status="${status}"}`);
    const before = (await count("submitJob", 401)) ?? 0;
    await fetch(`${server.url}/api/jobs`, { method: "POST" });
    expect(await count("submitJob", 401)).toBe(before + 1);
    await fetch(`${server.url}/nowhere`);
    expect(await count("none", 404)).toBe(1);
  });

  test("tell of the process and its connections to the database", async () => {
    expect(await read("process_resident_memory_bytes")).toBeGreaterThan(1e7);
    expect(await read('corbenic_database_connections{state="awaited"}')).toBe(0);
  });

  test("are documented, all of them", async () => {
    const { text } = await ask("/metrics");
    const told = [...text.matchAll(/^# TYPE (corbenic_\w+)/gm)].map(([, name]) => name!).sort();
    const page = readFileSync(new URL("../../docs/operations.md", import.meta.url), "utf8");
    const documented = [...page.matchAll(/^\| `(corbenic_\w+)`/gm)].map(([, name]) => name!).sort();
    expect(documented).toEqual(told);
  });

  test("are read by operators alone, beside what the process needs", async () => {
    expect((await fetch(`${server.url}/metrics`)).status).toBe(404);
    expect((await ask("/other")).status).toBe(404);
    const { status, text } = await ask("/readyz");
    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({ ready: true, checks: [{ name: "database", ok: true }, {}] });
  });
});
