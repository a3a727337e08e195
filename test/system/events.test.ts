import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CloudContext, Job, User } from "@corbenic/sdk";
import { afterAll, expect, test } from "vitest";
import { startCloud } from "./running-cloud.ts";

const parent = mkdtempSync(join(tmpdir(), "corbenic-events-"));
afterAll(() => rmSync(parent, { recursive: true, force: true }));

/** Reads server-sent events until one tells what is waited for. */
async function readUntil(body: ReadableStream<Uint8Array>, text: string): Promise<string> {
  let heard = "";
  const decoder = new TextDecoder();
  for await (const chunk of body) {
    heard += decoder.decode(chunk, { stream: true });
    if (heard.includes(text)) return heard;
  }
  throw new Error(`The stream ended without ${text}: ${heard}`);
}

test("a stream tells what becomes of a job, takes up again, and ends when the cloud stops", async () => {
  const cloud = await startCloud(join(parent, "data"));
  const { url, job_token: token } = cloud.ready;
  const follow = (headers: Record<string, string> = {}) =>
    fetch(`${url}/api/events`, { headers: { authorization: `Bearer ${token}`, ...headers } });
  const refused = await fetch(`${url}/api/events`);
  expect(refused.status).toBe(401);

  const answer = await follow();
  expect(answer.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
  const heard = readUntil(answer.body!, '"completed"');
  const job = new Job({ platformName: "sim:slos" });
  await job.create(new CloudContext(url), User.withJobToken(token));
  const events = await heard;
  const ids = [...events.matchAll(/^id: (\S+)$/gm)].map((match) => match[1]!);
  expect(events.match(/"status":"\w+"/g)).toEqual([
    '"status":"waiting"',
    '"status":"running"',
    '"status":"completed"',
  ]);
  expect(events).toContain(job.jobId);

  const again = await follow({ "last-event-id": ids[0]! });
  const rest = await readUntil(again.body!, '"completed"');
  expect(rest).not.toContain(`id: ${ids[0]}\n`);

  const open = await follow();
  cloud.kill("SIGTERM");
  await expect(readUntil(open.body!, "never")).rejects.toThrow("The stream ended");
  expect((await cloud.ended).code).toBe(0);
});
