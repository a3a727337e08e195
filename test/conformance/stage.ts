import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setUpLocalCloud, startServer } from "@corbenic/server";
import type { Caller } from "./row.ts";

export interface Answer {
  readonly status: number;
  /** The parsed body, or its text where that is no JSON. */
  readonly body: unknown;
}

/** A cloud with one user, one platform and a worker that only does what it is told. */
export interface Stage {
  readonly url: string;
  readonly platform: { readonly id: string; readonly name: string };
  readonly user: { readonly id: number; readonly email: string; readonly password: string };
  readonly adminId: number;
  ask(as: Caller, method: string, path: string, body?: unknown): Promise<Answer>;
  waitingJob(): Promise<string>;
  completedJob(): Promise<string>;
  failedJob(): Promise<string>;
  /** A job token that nothing else is done with. */
  spareToken(): Promise<{ readonly id: number; readonly secret: string }>;
  /** An account that nothing else is done with. */
  spareUser(): Promise<number>;
  /** A platform that nothing else is done with. */
  sparePlatform(): Promise<string>;
  close(): Promise<void>;
}

const payload = {
  command: "probs",
  circuit:
    ":PCVL:zip:eJyzCnAO87FydM4sSi7NLLFydfTM9K9wdI7MSg52DsyO9AkNCtWu9DANqMj3cg50hAPP9GwvBM+xEKgWwXPxRFELAAdTHXM=",
  input_state: ":PCVL:BasicState:|1,1>",
  parameters: { min_detected_photons: 2 },
  job_context: null,
};
const results = JSON.stringify({ results: ":PCVL:BSDistribution:{|2,0>=0.5;|0,2>=0.5}", global_perf: 1 });
const specs = { available_commands: ["probs"] };

/** What a Perceval client posts. */
export function submissionTo(platformName: string) {
  return { platform_name: platformName, job_name: "conformance", pcvl_version: "1.1.1", payload };
}

/** Starts a cloud on an embedded database and a free port, and makes in it what the rows need, all over HTTP. */
export async function openStage(): Promise<Stage> {
  const dataDirectory = mkdtempSync(join(tmpdir(), "corbenic-conformance-"));
  const server = await startServer({
    host: "127.0.0.1",
    port: 0,
    dataDirectory,
    consoleDirectory: null,
    logger: false,
  });
  const local = await setUpLocalCloud(server);
  const secrets: Record<Caller, string | undefined> = {
    nobody: undefined,
    admin: undefined,
    user: undefined,
    token: local.jobToken,
    worker: local.workerKey,
  };

  async function ask(as: Caller, method: string, path: string, body?: unknown): Promise<Answer> {
    const headers: Record<string, string> = {};
    if (secrets[as] !== undefined) headers.authorization = `Bearer ${secrets[as]}`;
    if (body !== undefined) headers["content-type"] = "application/json";
    const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    const answer = await fetch(server.url + path, init);
    const text = await answer.text();
    return { status: answer.status, body: isJson(answer) ? JSON.parse(text) : text };
  }

  /** Does what must work before anything can be tried. */
  async function must<T>(as: Caller, method: string, path: string, body?: unknown): Promise<T> {
    const answer = await ask(as, method, path, body);
    if (answer.status < 300) return answer.body as T;
    throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  }

  const login = async (email: string, password: string) =>
    must<{ token: string; user_id: number }>("nobody", "POST", "/api/login", { email, password });
  const { token, user_id: adminId } = await login(local.admin!.email, local.admin!.password);
  secrets.admin = token;
  const name = "sim:slos";
  const { id } = await must<{ id: string }>("token", "GET", `/api/platform/${name}`);

  const password = "seven quiet herons at dusk";
  const newUser = () =>
    must<{ user_id: number; email: string }>("admin", "POST", "/api/users", {
      email: `${randomUUID()}@conformance.test`,
      password,
      platform_ids: [id],
    });
  const { user_id, email } = await newUser();
  secrets.user = (await login(email, password)).token;
  const newToken = () =>
    must<{ token: string; token_id: number }>("user", "POST", "/api/tokens", { label: randomUUID() });
  secrets.token = (await newToken()).token;

  const waitingJob = async () =>
    (await must<{ job_id: string }>("token", "POST", "/api/job", submissionTo(name))).job_id;

  /** Lets the worker take a job of its own: all that wait before it are canceled. */
  async function endedJob(report: "result" | "fail", body: object): Promise<string> {
    for (;;) {
      const left = await ask("worker", "GET", "/admin/job");
      if (left.status === 204) break;
      const { job_id, lease_token } = left.body as { job_id: string; lease_token: string };
      await must("worker", "POST", `/admin/job/${job_id}/fail`, { lease_token, message: "cleared away" });
    }
    await waitingJob();
    const { job_id, lease_token } = await must<{ job_id: string; lease_token: string }>(
      "worker",
      "GET",
      "/admin/job",
    );
    await must("worker", "POST", `/admin/job/${job_id}/${report}`, { lease_token, ...body });
    return job_id;
  }

  return {
    url: server.url,
    platform: { id, name },
    user: { id: user_id, email, password },
    adminId,
    ask,
    waitingJob,
    completedJob: () => endedJob("result", { results }),
    failedJob: () => endedJob("fail", { message: "it was told to" }),
    async spareToken() {
      const spare = await newToken();
      return { id: spare.token_id, secret: spare.token };
    },
    spareUser: async () => (await newUser()).user_id,
    async sparePlatform() {
      const body = { name: `sim:${randomUUID()}`, type: "simulator", specs };
      return (await must<{ id: string }>("admin", "POST", "/admin/platforms/register", body)).id;
    },
    async close() {
      await server.stop();
      rmSync(dataDirectory, { recursive: true, force: true });
    },
  };
}

function isJson(answer: Response): boolean {
  return answer.headers.get("content-type")?.includes("json") === true;
}
