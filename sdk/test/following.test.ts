import { describe, expect, test } from "vitest";
import { type Clock, CloudContext, followJobs, Job, type JobNews, User } from "../src/index.ts";
import { fakeCloud, refusal } from "./fake-cloud.ts";

const jobId = "3f0f1c1e-7c1b-4f43-9a53-2f1d0f6f7a10";

/** A stream of events that a test writes to. */
function eventStream(signal?: AbortSignal | null) {
  let controller: ReadableStreamDefaultController<Uint8Array>;
  const body = new ReadableStream<Uint8Array>({
    start: (given) => {
      controller = given;
    },
  });
  signal?.addEventListener("abort", () => controller.error(signal.reason));
  return {
    response: new Response(body),
    tell: (name: string, data: object, id?: string) =>
      controller.enqueue(
        new TextEncoder().encode(
          `event: ${name}\n${id === undefined ? "" : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`,
        ),
      ),
    breakOff: () => controller.error(new TypeError("terminated")),
    end: () => controller.close(),
  };
}

const job = (status: string) => ({ job_id: jobId, status, at: 1, message: null });

/** A clock on which short times pass at once, and long ones never. */
function clockUpTo(longestMs: number) {
  const pauses: number[] = [];
  const clock: Clock = {
    sleep(ms, signal) {
      signal?.throwIfAborted();
      pauses.push(ms);
      if (ms <= longestMs) return Promise.resolve();
      return new Promise((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason)));
    },
  };
  return { clock, pauses };
}

describe("the news of an account's jobs", () => {
  /** A context whose stream is opened by these in turn. */
  function streaming(...opens: ((init: RequestInit) => Response | Error)[]) {
    const asked: RequestInit[] = [];
    const { clock, pauses } = clockUpTo(100_000);
    const fetch = (async (_: unknown, init: RequestInit) => {
      const answer = opens[asked.length]!(init);
      asked.push(init);
      if (answer instanceof Error) throw answer;
      return answer;
    }) as typeof globalThis.fetch;
    return { context: new CloudContext("http://cloud.test", { fetch, clock }), asked, pauses };
  }

  async function first(count: number, news: AsyncIterable<JobNews>): Promise<JobNews[]> {
    const heard: JobNews[] = [];
    for await (const each of news) if (heard.push(each) === count) break;
    return heard;
  }

  test("come as the stream tells them, and are taken up again where it broke off", async () => {
    const one = eventStream();
    const two = eventStream();
    one.tell("job", job("waiting"), "7-1");
    one.tell("progress", { job_id: jobId, progress: 0.5, progress_message: null });
    one.end();
    two.tell("job", job("completed"), "7-2");
    const { context, asked, pauses } = streaming(
      () => one.response,
      () => new TypeError("fetch failed"),
      () => two.response,
    );
    expect(await first(6, followJobs(context, "cbn_j_secret"))).toEqual([
      { kind: "begun" },
      { kind: "job", ...job("waiting") },
      { kind: "progress", job_id: jobId, progress: 0.5, progress_message: null },
      { kind: "broken" },
      { kind: "begun" },
      { kind: "job", ...job("completed") },
    ]);
    expect(asked.map(({ headers }) => (headers as Record<string, string>)["last-event-id"])).toEqual([
      undefined,
      "7-1",
      "7-1",
    ]);
    expect(pauses).toEqual([500, 1_000]);
  });

  test("go on after a connection that broke off in the middle", async () => {
    const one = eventStream();
    const two = eventStream();
    const { context } = streaming(
      () => one.response,
      () => two.response,
    );
    const heard = first(3, followJobs(context, undefined));
    one.breakOff();
    expect((await heard).map(({ kind }) => kind)).toEqual(["begun", "broken", "begun"]);
  });

  test("are waited for where the account follows too many streams already", async () => {
    const { context, pauses } = streaming(
      () => refusal(429, "too_many_streams"),
      () => eventStream().response,
    );
    expect(await first(1, followJobs(context, undefined))).toEqual([{ kind: "begun" }]);
    expect(pauses).toEqual([500]);
  });

  test("are refused to who may not hear them", async () => {
    const { context } = streaming(() => refusal(401, "not_authenticated"));
    await expect(first(1, followJobs(context, "ended"))).rejects.toMatchObject({ code: "not_authenticated" });
  });

  test("end when the caller aborts", async () => {
    const stop = new AbortController();
    const { context } = streaming(({ signal }) => eventStream(signal).response);
    const heard: string[] = [];
    const following = (async () => {
      for await (const { kind } of followJobs(context, undefined, { signal: stop.signal })) {
        heard.push(kind);
        stop.abort(new Error("enough"));
      }
    })();
    await expect(following).rejects.toThrow("enough");
    expect(heard).toEqual(["begun"]);
  });
});

describe("a job that is watched by its stream", () => {
  const user = User.withJobToken("cbn_j_secret");

  /** A job of which the cloud says what `status` gives, and which is looked at often only until it is listened to. */
  async function watched(status: () => string) {
    const opened: ReturnType<typeof eventStream>[] = [];
    const aborted: AbortSignal[] = [];
    const { clock } = clockUpTo(320);
    const cloud = fakeCloud(
      [
        { job_id: jobId },
        () => ({
          job_id: jobId,
          name: "qa_job",
          platform_name: "sim:qa",
          status: status(),
          progress: 0,
          progress_message: "",
          creation_datetime: 0,
        }),
      ],
      {
        clock,
        events: ({ signal }) => {
          aborted.push(signal!);
          const stream = eventStream(signal);
          opened.push(stream);
          return stream.response;
        },
      },
    );
    const created = new Job();
    await created.create(cloud.context, user);
    return { job: created, opened, aborted, ...cloud };
  }

  test("is looked at when the stream tells of it, and not in between", async () => {
    let state = "waiting";
    const { job: followed, opened, asked, aborted } = await watched(() => state);
    const seen: string[] = [];
    for await (const { status } of followed.watch()) {
      seen.push(status);
      if (status === "waiting") {
        // The stream opens while the loop goes on; what it tells then is this.
        void until(() => opened.length === 1).then(() => {
          state = "completed";
          opened[0]!.tell("job", { ...job("completed"), job_id: "of another job" }, "1-1");
          opened[0]!.tell("job", job("completed"), "1-2");
        });
      }
    }
    expect(seen).toEqual(["waiting", "completed"]);
    expect(opened).toHaveLength(1);
    // The submission, a look after each short pause, one when the stream began, one when it told.
    expect(asked.length).toBeLessThanOrEqual(1 + 6 + 2);
    expect(aborted[0]!.aborted).toBe(true);
  });

  test("shares one stream with the others of its account", async () => {
    let state = "waiting";
    const { job: followed, opened, context } = await watched(() => state);
    const other = await Job.open(context, user, jobId);
    const both = [followed, other].map(async (each) => {
      const seen: string[] = [];
      for await (const { status } of each.watch()) seen.push(status);
      return seen;
    });
    await until(() => opened.length === 1);
    state = "canceled";
    opened[0]!.tell("job", job("canceled"), "1-1");
    expect(await Promise.all(both)).toEqual([
      ["waiting", "canceled"],
      ["waiting", "canceled"],
    ]);
    expect(opened).toHaveLength(1);
  });

  test("is let go with its stream when the caller aborts", async () => {
    const stop = new AbortController();
    const { job: followed, opened, aborted } = await watched(() => "running");
    const waiting = followed.wait({ signal: stop.signal });
    await until(() => opened.length === 1);
    stop.abort(new Error("enough"));
    await expect(waiting).rejects.toThrow("enough");
    expect(aborted[0]!.aborted).toBe(true);
  });
});

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise(setImmediate);
}
