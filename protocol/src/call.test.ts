import { describe, expect, test } from "vitest";
import { call, UnreachableError } from "./call.ts";
import { getHealth } from "./health.ts";
import { cancelJob, getJobStatus } from "./jobs.ts";
import { fetchJob } from "./leases.ts";
import { Problem } from "./problems.ts";

const baseUrl = "http://cloud.test";
const jobId = "3f0f1c1e-7c1b-4f43-9a53-2f1d0f6f7a10";

/** A fetch that answers with what it is given and remembers what it was asked. */
function answering(status: number, body: string) {
  const asked: { url: string; init: RequestInit }[] = [];
  const fake = async (url: URL, init: RequestInit) => {
    asked.push({ url: String(url), init });
    return new Response(status === 204 ? null : body, { status });
  };
  return { fetch: fake as unknown as typeof fetch, asked };
}

describe("call", () => {
  test("builds the request from the endpoint", async () => {
    const { fetch, asked } = answering(200, '{"message":"done"}');
    await call(cancelJob, { baseUrl, token: "t", fetch }, { params: { id: jobId } });
    expect(asked[0]?.url).toBe(`${baseUrl}/api/jobs/${jobId}/cancel`);
    expect(asked[0]?.init.method).toBe("POST");
    expect(asked[0]?.init.headers).toMatchObject({ authorization: "Bearer t" });
  });

  test("escapes what stands in the path and leaves out what the query does not have", async () => {
    const { fetch, asked } = answering(204, "");
    const answer = await call(fetchJob, { baseUrl, fetch }, { query: { wait_s: 5 } });
    expect(answer).toBeUndefined();
    expect(asked[0]?.url).toBe(`${baseUrl}/admin/job?wait_s=5`);
    await expect(call(getJobStatus, { baseUrl, fetch }, { params: { id: "a/b" } })).resolves.toBeUndefined();
    expect(asked[1]?.url).toBe(`${baseUrl}/api/jobs/a%2Fb/status`);
  });

  test("turns a refusal into the problem that the cloud named", async () => {
    const body = {
      error: "There is no job.",
      code: "job_not_found",
      detail: { job_id: jobId },
      request_id: "r1",
    };
    const { fetch } = answering(404, JSON.stringify(body));
    const refused = await call(getJobStatus, { baseUrl, fetch }, { params: { id: jobId } }).catch(
      (error) => error,
    );
    expect(refused).toBeInstanceOf(Problem);
    expect(refused).toMatchObject({
      code: "job_not_found",
      status: 404,
      requestId: "r1",
      detail: { job_id: jobId },
    });
  });

  test("says so when something else answers", async () => {
    await expect(call(getHealth, { baseUrl, ...answering(200, "<html>") }, {})).rejects.toThrow(
      /not JSON: is this URL/,
    );
    await expect(call(getHealth, { baseUrl, ...answering(502, "{}") }, {})).rejects.toThrow(UnreachableError);
  });

  test("tells the status of an answer that is not the cloud's", async () => {
    const failure = call(getHealth, { baseUrl, ...answering(502, "Bad Gateway") }, {});
    await expect(failure).rejects.toMatchObject({ name: "UnreachableError", status: 502 });
  });

  test("tells when to come again", async () => {
    const body = JSON.stringify({ error: "Later.", code: "busy", detail: { waiting: 3 } });
    const fetch = (async () =>
      new Response(body, { status: 429, headers: { "retry-after": "7" } })) as typeof globalThis.fetch;
    await expect(call(getHealth, { baseUrl, fetch }, {})).rejects.toMatchObject({
      code: "busy",
      detail: { retry_after_s: 7, waiting: 3 },
    });
  });

  test("says so when an answer breaks off", async () => {
    const broken = new ReadableStream({ pull: (controller) => controller.error(new Error("terminated")) });
    const fetch = (async () => new Response(broken)) as typeof globalThis.fetch;
    await expect(call(getHealth, { baseUrl, fetch }, {})).rejects.toThrow(
      "http://cloud.test broke off its answer: terminated",
    );
  });

  test("says what could not be reached, and why", async () => {
    const refuse = async () => {
      throw new TypeError("fetch failed", { cause: new Error("connect ECONNREFUSED") });
    };
    const failure = call(getHealth, { baseUrl, fetch: refuse as typeof fetch }, {});
    await expect(failure).rejects.toThrow("Cannot reach http://cloud.test: connect ECONNREFUSED");
  });
});
