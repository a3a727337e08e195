import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Api, CloudContext, Job, JobToken, Platform, User } from "@corbenic/sdk";
import { listWorkerKeys } from "@corbenic/sdk/endpoints";
import { afterAll, expect, test } from "vitest";
import { startCloud } from "./running-cloud.ts";

const root = resolve(import.meta.dirname, "..", "..");
const parent = mkdtempSync(join(tmpdir(), "corbenic-features-"));
afterAll(() => rmSync(parent, { recursive: true, force: true }));

/** Runs the features that are tagged `core` against a deployment, as `npm run features -- --url …` does. */
async function runFeatures(url: string, admin: { email: string; password: string }) {
  const args = [
    "--url",
    url,
    "--admin-email",
    admin.email,
    "--admin-password",
    admin.password,
    "--tags",
    "@core",
  ];
  const child = spawn(process.execPath, [join(root, "features", "run.ts"), ...args], { cwd: root });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
    });
  }
  const [code] = await once(child, "close");
  return { code, output };
}

/** All that can be left in a cloud: names of users, platforms, tokens and keys, and jobs that have not ended. */
async function inventory(context: CloudContext, admin: User) {
  Platform.ADMIN = admin;
  const keys = await new Api(context, "/admin/api-keys").call(listWorkerKeys, admin.loginToken.token!, {
    query: {},
  });
  const jobs = await Job.listAll(context, admin);
  const states = await Promise.all(jobs.map(async (job) => (await job.getStatus()).status));
  return {
    users: (await User.listAll(context, admin)).map(({ email }) => email),
    platforms: (await Platform.listAll(context)).map(({ name }) => name),
    tokens: (await JobToken.listAll(context, admin)).map(({ label }) => label),
    keys: keys.api_keys.filter(({ is_revoked }) => !is_revoked).map(({ label }) => label),
    unended: states.filter((state) => !["completed", "error", "canceled"].includes(state)),
  };
}

test("the acceptance features pass against a deployment, and leave nothing behind", async () => {
  const cloud = await startCloud(join(parent, "data"));
  const login = cloud.ready.admin!;
  const context = new CloudContext(cloud.ready.url);
  const admin = new User({ ...login, isAdmin: true });
  await admin.log(context);
  const before = await inventory(context, admin);

  const { code, output } = await runFeatures(cloud.ready.url, login);
  expect(output).toMatch(/^11 scenarios \(11 passed\)$/m);
  expect(code).toBe(0);
  expect(await inventory(context, admin)).toEqual(before);

  cloud.kill("SIGTERM");
  await cloud.ended;
});
