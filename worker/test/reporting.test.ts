import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { startWorker } from "../src/worker.ts";

const job = {
  job_id: "3f0f1c1e-7c1b-4f43-9a53-2f1d0f6f7a10",
  job_name: "test",
  platform_name: "sim:test",
  pcvl_version: null,
  process_id: null,
  payload: {
    command: "probs",
    circuit:
      ":PCVL:zip:eJyzCnAO87FydM4sSi7NLLFydfTM9K9wdI7MSg52DsyO9AkNCtWu9DANqMj3cg50hAPP9GwvBM+xEKgWwXPxRFELAAdTHXM=",
    input_state: ":PCVL:BasicState:|1,1>",
  },
  attempt: 1,
  lease_token: "A".repeat(22),
  lease_ttl_s: 60,
  max_duration_s: 60,
};
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

type Answer = { status: number; body?: object };
interface Report {
  readonly path: string;
  readonly body: Record<string, unknown>;
}

/** A small control plane: hands out the job once, and answers reports as it is told. */
async function fakeCloud(answer: (report: Report, count: number) => Answer) {
  const reports: Report[] = [];
  const reported = Promise.withResolvers<Report>();
  let handedOut = false;
  const reply = (response: ServerResponse, { status, body }: Answer) => {
    response.writeHead(status, { "content-type": "application/json" }).end(body && JSON.stringify(body));
  };
  const server = createServer(async (request: IncomingMessage, response) => {
    if (request.url?.startsWith("/admin/job?")) {
      if (!handedOut) {
        handedOut = true;
        reply(response, { status: 200, body: job });
      }
      // Further fetches wait, as they would for a job.
      return;
    }
    if (request.method === "GET") {
      // It knows nothing of platforms.
      reply(response, refused(404, "not_found"));
      return;
    }
    const chunks = await request.toArray();
    const report = {
      path: request.url!.split("/").at(-1)!,
      body: JSON.parse(Buffer.concat(chunks).toString()),
    };
    if (report.path === "heartbeat") {
      reply(response, { status: 200, body: { status: "running", lease_ttl_s: 60, cancel: false } });
      return;
    }
    reports.push(report);
    const given = answer(report, reports.length);
    reply(response, given);
    if (given.status === 200) reported.resolve(report);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  cleanups.push(() => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    return closed;
  });
  const { port } = server.address() as AddressInfo;
  const worker = startWorker({ url: `http://127.0.0.1:${port}`, key: "key", log: silent });
  cleanups.push(() => worker.stop());
  return { reports, reported: reported.promise };
}

const accepted: Answer = { status: 200, body: { status: "completed" } };
const refused = (status: number, code: string): Answer => ({
  status,
  body: { error: "Refused.", code, detail: {}, request_id: "r" },
});

test("a worker reports the result of the job that it was given, under its lease", async () => {
  const { reported } = await fakeCloud(() => accepted);
  const { path, body } = await reported;
  expect(path).toBe("result");
  expect(body.lease_token).toBe(job.lease_token);
  expect(JSON.parse(String(body.results))).toMatchObject({ global_perf: 1 });
});

test("a worker repeats a report that the cloud could not take", async () => {
  const { reports, reported } = await fakeCloud((_, count) => (count < 3 ? refused(429, "busy") : accepted));
  await reported;
  expect(reports.map(({ path }) => path)).toEqual(["result", "result", "result"]);
  expect(reports[2]).toEqual(reports[0]);
});

test("a worker whose result is refused says so, so that the job ends", async () => {
  const { reported } = await fakeCloud(({ path }) =>
    path === "result" ? refused(400, "invalid_payload") : accepted,
  );
  const { path, body } = await reported;
  expect(path).toBe("fail");
  expect(body).toMatchObject({ message: "The cloud refused the result: Refused.", retryable: false });
});
