import { describe, expect, test } from "vitest";
import { type CloudError, Job, User } from "../src/index.ts";
import { fakeCloud, refusal } from "./fake-cloud.ts";

const user = User.withJobToken("cbn_j_secret");
const jobId = "3f0f1c1e-7c1b-4f43-9a53-2f1d0f6f7a10";
const lost = new TypeError("fetch failed", { cause: new Error("connect ECONNREFUSED") });
const created = { job_id: jobId };
const busy = (seconds: string) => refusal(429, "busy", { "retry-after": seconds });

async function errorOf(promise: Promise<unknown>): Promise<CloudError> {
  return promise.then(
    () => expect.fail("should have failed"),
    (error: CloudError) => error,
  );
}

describe("a request that fails", () => {
  test("is made again when it only reads", async () => {
    const { context, asked, pauses } = fakeCloud([lost, new Response("", { status: 502 }), created]);
    await new Job({ jobId }).getStatus(context, user);
    expect(asked).toHaveLength(3);
    expect(pauses).toHaveLength(2);
    expect(pauses[0]).toBeGreaterThanOrEqual(125);
    expect(pauses[1]).toBeLessThanOrEqual(500);
  });

  test("is made again with the same idempotency key when it submits a job", async () => {
    const { context, asked } = fakeCloud([lost, created]);
    const job = new Job();
    await job.create(context, user);
    expect(job.jobId).toBe(jobId);
    const keys = asked.map(({ headers }) => headers["idempotency-key"]);
    expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(keys[1]).toBe(keys[0]);
  });

  test("is not made again when nobody knows whether it was done", async () => {
    const { context, asked } = fakeCloud([lost]);
    const other = new User({ firstName: "Ada", email: "ada@corbenic.example", password: "x".repeat(15) });
    const admin = new User({ isAdmin: true });
    admin.loginToken.token = "cbn_l_secret";
    const error = await errorOf(other.create(context, admin));
    expect(error).toMatchObject({ name: "CloudError", code: "unreachable", status: undefined });
    expect(error.remedy).toMatch(/Check the URL/);
    expect(asked).toHaveLength(1);
  });

  test("is given up after the attempts of the context", async () => {
    const { context, asked } = fakeCloud([lost], { attempts: 3 });
    expect((await errorOf(new Job({ jobId }).getStatus(context, user))).message).toBe(
      "Cannot reach http://cloud.test: connect ECONNREFUSED",
    );
    expect(asked).toHaveLength(3);
  });

  test("waits as long as it was told to, whatever the request", async () => {
    const { context, pauses } = fakeCloud([busy("7"), created]);
    await new Job().create(context, user);
    expect(pauses).toEqual([7_000]);
  });

  test("does not wait for an hour", async () => {
    const { context, pauses } = fakeCloud([busy("3600"), created]);
    const error = await errorOf(new Job().create(context, user));
    expect(error).toMatchObject({ code: "busy", status: 429, detail: { retry_after_s: 3600 } });
    expect(pauses).toEqual([]);
  });

  test("is not made again when a login was refused too often", async () => {
    const { context, asked } = fakeCloud([refusal(429, "login_delayed", { "retry-after": "2" })]);
    const mistaken = new User({ userId: 7, email: "ada@corbenic.example", password: "not the right one" });
    expect(await errorOf(mistaken.log(context))).toMatchObject({ code: "login_delayed" });
    expect(asked).toHaveLength(1);
  });

  test("is a refusal with code, status, request id and remedy", async () => {
    const { context, asked } = fakeCloud([refusal(404, "job_not_found")]);
    const error = await errorOf(new Job({ jobId }).getStatus(context, user));
    expect(error).toMatchObject({
      name: "CloudError",
      message: "Refused: job_not_found.",
      code: "job_not_found",
      status: 404,
      requestId: "request-1",
      remedy: expect.stringMatching(/Check the job id/),
    });
    expect(asked).toHaveLength(1);
  });

  test("says so when something else than a cloud answers", async () => {
    const { context } = fakeCloud([new Response("<html>", { status: 200 })]);
    expect(await errorOf(new Job({ jobId }).getStatus(context, user))).toMatchObject({
      code: "unexpected_answer",
      status: 200,
    });
  });

  test("ends with the caller's reason when the caller aborts", async () => {
    const { context } = fakeCloud([created]);
    const signal = AbortSignal.abort(new Error("no longer wanted"));
    const error = await errorOf(new Job({ jobId }).getStatus(context, user, { signal }));
    expect(error.message).toBe("no longer wanted");
  });

  test("stops waiting to be made again when the caller aborts", async () => {
    const stop = new AbortController();
    const { context, asked } = fakeCloud([lost], {
      clock: {
        async sleep(_ms, signal) {
          stop.abort(new Error("no longer wanted"));
          signal?.throwIfAborted();
        },
      },
    });
    const error = await errorOf(new Job({ jobId }).getStatus(context, user, { signal: stop.signal }));
    expect(error.message).toBe("no longer wanted");
    expect(asked).toHaveLength(1);
  });

  test("counts as unanswered after the time-out", async () => {
    const silent = ((_url: URL, { signal }: RequestInit) =>
      new Promise((_, reject) =>
        signal!.addEventListener("abort", () => reject(signal!.reason)),
      )) as typeof fetch;
    const { context } = fakeCloud([], { fetch: silent, timeoutMs: 1, attempts: 1 });
    const error = await errorOf(new Job({ jobId }).getStatus(context, user));
    expect(error).toMatchObject({
      code: "unreachable",
      message: "http://cloud.test did not answer within 0.001 s.",
    });
  });
});

describe("a context", () => {
  test("takes the address of a cloud and nothing else", () => {
    expect(fakeCloud([]).context.url).toBe("http://cloud.test");
    expect(Job.getApi(fakeCloud([]).context).url).toBe("http://cloud.test/api/jobs");
  });
});
