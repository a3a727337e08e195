import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CloudContext, Job, Platform, User } from "@corbenic/sdk";
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

test("a job that is watched while it waits is heard of by the stream", async () => {
  const cloud = await startCloud(join(parent, "watched"));
  const { url, admin: credentials } = cloud.ready;
  const opened = Promise.withResolvers<number>();
  const context = new CloudContext(url, {
    async fetch(input, init) {
      const answer = await fetch(input, init);
      if (String(input) === `${url}/api/events`) opened.resolve(answer.status);
      return answer;
    },
  });
  const admin = new User({ ...credentials!, isAdmin: true });
  await admin.log(context);
  Platform.ADMIN = admin;
  const platform = new Platform({ name: "sim:nobody" });
  await platform.register(context);
  await platform.assignUser(context, admin);
  const job = new Job({ platformName: platform.name });
  await job.create(context, admin);
  const canceled = opened.promise.then(() => job.cancel());
  const seen: string[] = [];
  for await (const { status } of job.watch()) seen.push(status);
  await canceled;
  expect(seen).toEqual(["waiting", "canceled"]);
  expect(await opened.promise).toBe(200);
  cloud.kill("SIGTERM");
  expect((await cloud.ended).code).toBe(0);
});
