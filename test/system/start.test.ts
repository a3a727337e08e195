import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { afterAll, expect, test } from "vitest";
import { type Ready, runToEnd, startCloud } from "./running-cloud.ts";

const parent = mkdtempSync(join(tmpdir(), "corbenic-start-"));
afterAll(() => rmSync(parent, { recursive: true, force: true }));
const dataDirectory = join(parent, "data");

test("a first start shows Hong-Ou-Mandel and where everything is", async () => {
  const { code, stdout } = await runToEnd("--once", "--port", "0", "--data-dir", dataDirectory);
  expect(code).toBe(0);
  expect(stdout).toMatch(/\|2,0> +█+·* +0\.5000/);
  expect(stdout).toMatch(/\|0,2> +█+·* +0\.5000/);
  expect(stdout).not.toContain("|1,1>");
  for (const label of [
    "Console",
    "API",
    "API reference",
    "Health",
    "Data",
    "Job token",
    "Administrator",
    "Password",
  ]) {
    expect(stdout).toMatch(new RegExp(`^ +${label} +\\S`, "m"));
  }
  expect(stdout).toMatch(/import perceval as pcvl\n.*\n.*RemoteProcessor\("sim:slos", token, url\)/);
});

test("a second start reuses the data, prints one JSON line, and Ctrl-C ends it cleanly", async () => {
  const first = await startCloud(dataDirectory);
  expect(first.ready).toMatchObject({
    admin: null,
    data_dir: dataDirectory,
    platforms: ["sim:slos", "sim:qa"],
  });
  expect(first.ready.console_url).toBe(`${first.ready.url}/`);
  const health = await fetch(`${first.ready.url}/health`);
  expect(await health.json()).toEqual({ status: "ok", version: first.ready.version });
  first.kill("SIGINT");
  const ended = await first.ended;
  expect([ended.code, ended.signal]).toEqual([0, null]);
  expect(ended.stdout.trim().split("\n")).toHaveLength(1);
  expect(ended.stderr).toContain("Hong-Ou-Mandel");

  const again = await startCloud(dataDirectory, "--once");
  expect(again.ready.job_token).toBe(first.ready.job_token);
  expect(again.ready.worker_key).toBe(first.ready.worker_key);
  expect((await again.ended).code).toBe(0);
});

test("secrets are kept for this user only, and the administrator's password nowhere", async () => {
  const directory = join(parent, "secrets");
  const { stdout } = await runToEnd("--once", "--json", "--port", "0", "--data-dir", directory);
  const { admin, job_token } = JSON.parse(stdout) as Ready;
  expect(admin?.email).toContain("@");
  const path = join(directory, "local-credentials.json");
  expect(statSync(path).mode & 0o777).toBe(0o600);
  const kept = readFileSync(path, "utf8");
  expect(kept).toContain(job_token);
  expect(kept).not.toContain(admin?.password);
});

test("a second process on the same data is refused in one sentence", async () => {
  const running = await startCloud(dataDirectory);
  const refused = await runToEnd("--port", "0", "--data-dir", dataDirectory);
  expect(refused).toMatchObject({ code: 1, stdout: "" });
  expect(refused.stderr.trim().split("\n")).toHaveLength(1);
  expect(refused.stderr).toMatch(
    /Another process uses the data directory .* stop that one first, or choose another/,
  );
  running.kill("SIGTERM");
  expect((await running.ended).code).toBe(0);
});

test("a taken port is refused in one sentence", async () => {
  const blocker = createServer();
  await new Promise<void>((listening) => blocker.listen(0, "127.0.0.1", listening));
  const address = blocker.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const refused = await runToEnd("--port", String(port), "--data-dir", dataDirectory);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toMatch(
    new RegExp(`^Port ${port} on 127.0.0.1 is taken by another program: .*--port.*\n$`),
  );
  blocker.close();
});

test("data of a newer version is refused in one sentence, and left as it is", async () => {
  const directory = join(parent, "newer");
  await runToEnd("--once", "--port", "0", "--data-dir", directory);
  const newer = await PGlite.create(join(directory, "postgres"));
  await newer.exec("insert into schema_migrations (version, name) values (9999, 'from-the-future')");
  await newer.close();
  const refused = await runToEnd("--once", "--port", "0", "--data-dir", directory);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toMatch(/^The data was written by a newer version of Corbenic .*--data-dir\.\n$/);
});
