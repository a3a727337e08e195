import {
  call,
  getJobAvailability,
  getJobResult,
  getJobStatus,
  type Problem,
  submitJob,
} from "@corbenic/protocol";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeOnBoth, payload, type TestCloud } from "./test-cloud.ts";

describeOnBoth("submitting a job", (openCloud) => {
  let cloud: TestCloud;
  beforeAll(async () => {
    cloud = await openCloud({ jobsInQueueMax: 3 });
  });
  afterAll(() => cloud.close());

  const refusal = (body: object, account = cloud.owner) =>
    call(submitJob, account.jobs, { body: { platform_name: "sim:test", payload, ...body } }).then(
      () => undefined,
      (error: Problem) => error,
    );

  test("makes a waiting job, with the times that clients read", async () => {
    const id = await cloud.submit(await cloud.addAccount());
    const stranger = await call(getJobStatus, cloud.owner.jobs, { params: { id } }).catch((error) => error);
    expect(stranger).toMatchObject({ code: "job_not_found", status: 404 });
  });

  test("shows the owner its status in the client's shape", async () => {
    const account = await cloud.addAccount();
    const id = await cloud.submit(account);
    const status = await call(getJobStatus, account.jobs, { params: { id } });
    expect(status).toMatchObject({
      status: "waiting",
      name: "test",
      platform_name: "sim:test",
      progress: 0,
      progress_message: "",
    });
    expect(status.creation_datetime).toBeGreaterThan(1.7e9);
    expect(status.start_time).toBeUndefined();
    const early = await call(getJobResult, account.jobs, { params: { id } }).catch((error) => error);
    expect(early).toMatchObject({ code: "job_not_finished", status: 400 });
  });

  test("is refused for a platform that the account may not use, as if there were none", async () => {
    const outsider = await cloud.addAccount({ permitted: false });
    const hidden = await refusal({}, outsider);
    const missing = await refusal({ platform_name: "sim:nowhere" }, outsider);
    expect(hidden).toMatchObject({ code: "platform_not_found", status: 404 });
    expect(hidden?.message.replace("sim:test", "sim:nowhere")).toBe(missing?.message);
  });

  test("is refused when the payload cannot be decoded, and nothing is stored", async () => {
    const account = await cloud.addAccount();
    const broken = await refusal({ payload: { ...payload, circuit: ":PCVL:ACircuit:AAAA" } }, account);
    expect(broken).toMatchObject({ code: "invalid_payload", status: 400 });
    expect(broken?.detail).toMatchObject({ path: expect.stringContaining("circuit") });
    expect(await call(getJobAvailability, account.jobs, {})).toMatchObject({ num_jobs_in_queue: 0 });
  });

  test("is refused for a command that the platform does not offer", async () => {
    const refused = await refusal({
      payload: { ...payload, command: "samples", max_shots: 10, max_samples: 10 },
    });
    expect(refused).toMatchObject({ code: "command_not_available" });
    expect(refused?.detail).toMatchObject({ path: "payload.command", found: "samples", allowed: "probs" });
  });

  test("is refused when the account's queue is full", async () => {
    const account = await cloud.addAccount();
    for (let i = 0; i < 3; i++) await cloud.submit(account);
    const refused = await refusal({}, account);
    expect(refused).toMatchObject({ code: "queue_full", status: 429 });
    expect(await call(getJobAvailability, account.jobs, {})).toEqual({
      max_jobs_in_queue: 3,
      num_jobs_in_queue: 3,
      max_concurrent_jobs: 3,
      num_concurrent_jobs: 0,
      max_running_qt_jobs: 0,
      num_running_qt_jobs: 0,
    });
  });

  test("names every field that does not fit", async () => {
    const refused = await refusal({ platform_name: "", job_name: "a\nb", payload: 1 });
    expect(refused).toMatchObject({ code: "invalid_request" });
    expect(refused?.message).toMatch(/platform_name.*job_name.*payload/s);
  });
});
