import { describe, expect, test } from "vitest";
import { Job, JobFailedError, User } from "../src/index.ts";
import { type Answer, fakeCloud, refusal } from "./fake-cloud.ts";

const user = User.withJobToken("cbn_j_secret");
const jobId = "3f0f1c1e-7c1b-4f43-9a53-2f1d0f6f7a10";

function status(state: string, progress: number, more: object = {}): object {
  return {
    job_id: jobId,
    name: "qa_job",
    platform_name: "sim:qa",
    status: state,
    progress,
    progress_message: "",
    creation_datetime: 0,
    ...more,
  };
}
const results = {
  job_id: jobId,
  results: '{"results": ":PCVL:BSDistribution:{|2,0>=0.5;|0,2>=0.5}", "global_perf": 1}',
};

async function submitted(...answers: Answer[]) {
  const cloud = fakeCloud([{ job_id: jobId }, ...answers]);
  const job = new Job();
  await job.create(cloud.context, user);
  return { job, ...cloud };
}

describe("a job that is waited for", () => {
  test("is looked at ever more rarely, and gives its results", async () => {
    const { job, asked, pauses } = await submitted(
      ...Array.from({ length: 8 }, () => status("waiting", 0)),
      status("running", 0.5),
      status("completed", 1),
      results,
    );
    const { distribution, kind, globalPerf } = await job.wait();
    expect(kind).toBe("distribution");
    expect(globalPerf).toBe(1);
    expect(distribution.of([2, 0])).toBe(0.5);
    expect(asked.at(-1)?.path).toBe(`/api/jobs/${jobId}/result`);
    expect(pauses).toEqual([20, 40, 80, 160, 320, 640, 1_000, 1_000, 1_000]);
  });

  test("tells its progress once for each change", async () => {
    const { job } = await submitted(
      status("waiting", 0),
      status("waiting", 0),
      status("running", 0.25, { duration: 1 }),
      status("running", 0.25, { duration: 2 }),
      status("completed", 1),
      results,
    );
    const seen: [string, number][] = [];
    await job.wait({ onProgress: ({ status, progress }) => seen.push([status, progress]) });
    expect(seen).toEqual([
      ["waiting", 0],
      ["running", 0.25],
      ["completed", 1],
    ]);
  });

  test("throws when it ended without a result, with the reason", async () => {
    const { job } = await submitted(status("error", 0, { status_message: "too many photons" }));
    const failed = await job.wait().catch((error) => error);
    expect(failed).toBeInstanceOf(JobFailedError);
    expect(failed).toMatchObject({
      jobId,
      state: "error",
      message: `Job ${jobId} ended as error: too many photons`,
    });
  });

  test("survives a cloud that restarts", async () => {
    const gone = Array.from({ length: 8 }, () => new TypeError("fetch failed"));
    const { job } = await submitted(status("waiting", 0), ...gone, status("completed", 1), results);
    await expect(job.wait()).resolves.toMatchObject({ kind: "distribution" });
  });

  test("is let go when the caller aborts", async () => {
    const stop = new AbortController();
    const { job, asked } = await submitted(status("running", 0.1));
    const waiting = job.wait({ signal: stop.signal, onProgress: () => stop.abort(new Error("enough")) });
    await expect(waiting).rejects.toThrow("enough");
    expect(asked).toHaveLength(2);
  });

  test("refuses as the cloud does when it is gone", async () => {
    const { job } = await submitted(refusal(404, "job_not_found"));
    await expect(job.wait()).rejects.toMatchObject({ code: "job_not_found" });
  });
});

describe("a job that is watched", () => {
  test("yields each change and ends with the job", async () => {
    const { job } = await submitted(status("waiting", 0), status("running", 0.5), status("canceled", 0.5));
    const seen: string[] = [];
    for await (const { status } of job.watch()) seen.push(status);
    expect(seen).toEqual(["waiting", "running", "canceled"]);
  });

  test("is no longer asked for when the loop is left", async () => {
    const { job, asked } = await submitted(status("waiting", 0));
    for await (const _status of job.watch()) break;
    expect(asked).toHaveLength(2);
  });
});
