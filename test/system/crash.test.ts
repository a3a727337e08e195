import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Cloud, hongOuMandel } from "@corbenic/sdk";
import { afterAll, expect, test } from "vitest";
import { startCloud } from "./running-cloud.ts";

const parent = mkdtempSync(join(tmpdir(), "corbenic-crash-"));
afterAll(() => rmSync(parent, { recursive: true, force: true }));

test("jobs that were accepted before kill -9 are there afterwards, and complete", async () => {
  const dataDirectory = join(parent, "data");
  const killed = await startCloud(dataDirectory);
  const before = new Cloud({ url: killed.ready.url, token: killed.ready.job_token });
  const submission = { platform_name: "sim:slos", job_name: "accepted", payload: hongOuMandel };
  const accepted = await Promise.all(Array.from({ length: 20 }, () => before.submit(submission)));
  killed.kill("SIGKILL");
  expect((await killed.ended).signal).toBe("SIGKILL");

  const restarted = await startCloud(dataDirectory);
  const after = new Cloud({ url: restarted.ready.url, token: restarted.ready.job_token });
  const results = await Promise.all(accepted.map(({ id }) => after.job(id).wait()));
  for (const { distribution } of results) {
    expect(distribution.get("|2,0>")).toBeCloseTo(0.5, 12);
    expect(distribution.get("|0,2>")).toBeCloseTo(0.5, 12);
    expect(distribution.size).toBe(2);
  }
  restarted.kill("SIGTERM");
  expect((await restarted.ended).code).toBe(0);
});
