import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { exitCodes } from "../src/exit-codes.ts";
import { asked, corbenic } from "./driven-cloud.ts";
import { runProgram, startProgram } from "./program.ts";

const folder = mkdtempSync(join(tmpdir(), "corbenic-serve-"));
beforeAll(() => {
  vi.stubEnv("XDG_CONFIG_HOME", join(folder, "config"));
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

// Ten programs start one after the other.
test("a cloud is served, gets its first administrator, a platform and a worker, and runs a job", async () => {
  const server = await startProgram(["serve", "--port", "0", "--data-dir", join(folder, "data"), "--json"]);
  onTestFinished(async () => void (await server.stop()));
  const { url, bootstrap } = JSON.parse(server.line) as { url: string; bootstrap: string };
  vi.stubEnv("CORBENIC_URL", url);
  const email = "grace@lab.example";
  const password = "nineteen grey whales hum";
  const made = await runProgram(["bootstrap", bootstrap, email, "--password-stdin"], password);
  expect(made).toMatchObject({ code: 0, stdout: expect.stringContaining("corbenic login") });
  const again = await runProgram(["bootstrap", bootstrap, email, "--password-stdin"], password);
  expect(again.code).toBe(exitCodes.refused.code);
  await runProgram(["login", email, "--password-stdin"], password);

  await asked("platform", "register", "sim:lab", "--command", "probs", "sample_count");
  await asked("permission", "grant", email, "sim:lab");
  const { api_key: key } = await asked<{ api_key: string }>("key", "create", "sim:lab");
  expect(await runProgram(["worker", "--url", url])).toMatchObject({ code: exitCodes.usage.code });
  const worker = await startProgram([
    "worker",
    "--key",
    key,
    "--slots",
    "1",
    "--spool",
    join(folder, "spool"),
  ]);
  onTestFinished(async () => void (await worker.stop()));
  expect(worker.line).toContain(`Taking jobs from ${url}`);
  const done = await corbenic("job", "submit", "--platform", "sim:lab", "--wait");
  expect(done.out).toMatch(/\|0,2> .* 0\.5000/);

  expect(await worker.stop()).toBe(0);
  expect(await server.stop()).toBe(0);
}, 180_000);
