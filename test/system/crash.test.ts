import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CloudContext, Job, User } from "@corbenic/sdk";
import { afterAll, expect, test } from "vitest";
import { startCloud } from "./running-cloud.ts";

const parent = mkdtempSync(join(tmpdir(), "corbenic-crash-"));
afterAll(() => rmSync(parent, { recursive: true, force: true }));

test("jobs that were accepted before kill -9 are there afterwards, and complete", async () => {
  const dataDirectory = join(parent, "data");
  const killed = await startCloud(dataDirectory);
  const user = User.withJobToken(killed.ready.job_token);
  const accepted = Array.from(
    { length: 20 },
    () => new Job({ platformName: "sim:slos", jobName: "accepted" }),
  );
  await Promise.all(accepted.map((job) => job.create(new CloudContext(killed.ready.url), user)));
  killed.kill("SIGKILL");
  expect((await killed.ended).signal).toBe("SIGKILL");

  const restarted = await startCloud(dataDirectory);
  const cloud = new CloudContext(restarted.ready.url);
  const results = await Promise.all(
    accepted.map(async ({ jobId }) => (await Job.open(cloud, user, jobId)).wait()),
  );
  for (const { distribution } of results) {
    expect(distribution.get("|2,0>")).toBeCloseTo(0.5, 12);
    expect(distribution.get("|0,2>")).toBeCloseTo(0.5, 12);
    expect(distribution.size).toBe(2);
  }
  restarted.kill("SIGTERM");
  expect((await restarted.ended).code).toBe(0);
});
