import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import {
  type CallTarget,
  call,
  cancelJob,
  completeJob,
  createMaintenanceWindow,
  deleteMaintenanceWindow,
  failJob,
  fetchJob,
  getJobResult,
  getJobStatus,
  getPlatform,
  listAllPlatforms,
  renewLease,
  submitJob,
  updatePlatform,
} from "@corbenic/protocol";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { issueCredential } from "../../server/src/credentials/credentials.ts";
import type { Database } from "../../server/src/database/database.ts";
import { permitUser } from "../../server/src/platforms/platform-store.ts";
import { insertUser } from "../../server/src/users/user-store.ts";
import { codeOf } from "../../server/test/refusal.ts";
import { freshDatabase, payload, results } from "../../server/test/test-cloud.ts";

interface ApiProcess {
  readonly child: ChildProcess;
  readonly url: string;
  readonly jobToken: string;
  readonly workerKey: string;
}

const platformName = "sim:slos";
const databaseServer = inject("postgresUrl");
const parent = mkdtempSync(join(tmpdir(), "corbenic-three-"));

describe.skipIf(databaseServer === null)("three API processes on one PostgreSQL", () => {
  let database: Database;
  let processes: ApiProcess[];
  let platformId: string;

  beforeAll(async () => {
    database = await freshDatabase(databaseServer!);
    const { rows } = await database.pool.query<{ name: string }>("select current_database() as name");
    const url = new URL(databaseServer!);
    url.pathname = `/${rows[0]!.name}`;
    const first = await start(url.href, "a");
    processes = [first, ...(await Promise.all(["b", "c"].map((name) => start(url.href, name))))];
    const { rows: platforms } = await database.pool.query<{ id: string }>(
      "select id from platforms where name = $1",
      [platformName],
    );
    platformId = platforms[0]!.id;
  });
  afterAll(async () => {
    for (const { child } of processes) child.kill("SIGKILL");
    await Promise.all(
      processes.map(({ child }) => child.exitCode ?? child.signalCode ?? once(child, "exit")),
    );
    await database.close();
    rmSync(parent, { recursive: true, force: true });
  });

  async function start(databaseUrl: string, name: string): Promise<ApiProcess> {
    const dataDirectory = join(parent, name);
    mkdirSync(dataDirectory);
    const script = join(import.meta.dirname, "api-process.ts");
    const child = spawn(process.execPath, [script, databaseUrl, dataDirectory], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [line] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
    return { child, ...(JSON.parse(line) as Omit<ApiProcess, "child">) };
  }

  /** A caller with this credential at one of the processes. */
  const at = (index: number, token: string): CallTarget => ({ baseUrl: processes[index % 3]!.url, token });
  const owner = (index: number) => at(index, processes[0]!.jobToken);
  const worker = (index: number) => at(index, processes[0]!.workerKey);
  const submit = async (index: number, from = owner(index)) => {
    const body = { platform_name: platformName, job_name: "j", payload };
    return (await call(submitJob, from, { body })).job_id;
  };
  const fetch = async (index: number, wait_s = 0) =>
    call(fetchJob, worker(index), { query: { platform_name: platformName, wait_s } });
  const statusOf = async (index: number, id: string) =>
    (await call(getJobStatus, owner(index), { params: { id } })).status;

  /** An account of its own, with a job token. */
  async function addAccount({ isAdmin = false } = {}) {
    const userId = await insertUser(database.pool, {
      email: `${crypto.randomUUID()}@test`,
      passwordHash: "-",
      isAdmin,
    });
    await permitUser(database.pool, userId, platformId);
    const kind = isAdmin ? "login" : "job";
    const { id, secret } = await issueCredential(database.pool, { kind, label: "test", userId });
    return { userId, credentialId: id, secret };
  }

  test("run a job that is submitted at one, taken at another and reported at the third", async () => {
    const id = await submit(0);
    const job = await fetch(1);
    expect(job).toMatchObject({ job_id: id, attempt: 1 });
    const lease = { lease_token: job!.lease_token };
    const params = { id };
    expect(await call(renewLease, worker(2), { params, body: { ...lease, progress: 0.5 } })).toMatchObject({
      status: "running",
    });
    expect(await statusOf(0, id)).toBe("running");
    await call(completeJob, worker(2), { params, body: { ...lease, results } });
    for (const index of [0, 1, 2]) {
      expect(await statusOf(index, id)).toBe("completed");
      expect((await call(getJobResult, owner(index), { params })).results).toBe(results);
    }
    const again = () => call(completeJob, worker(1), { params, body: { ...lease, results } });
    expect(await codeOf(again())).toBe("done");
  });

  test("bring a cancellation at the third to the worker at the second", async () => {
    const id = await submit(0);
    const job = await fetch(1);
    const [params, body] = [{ id }, { lease_token: job!.lease_token }];
    await call(cancelJob, owner(2), { params });
    expect(await call(renewLease, worker(1), { params, body })).toMatchObject({ cancel: true });
    await call(failJob, worker(0), { params, body: { ...body, message: "stopped" } });
    for (const index of [0, 1, 2]) expect(await statusOf(index, id)).toBe("canceled");
  });

  test("give each job to one worker, however many ask at once", async () => {
    const ids = await Promise.all(Array.from({ length: 30 }, (_, i) => submit(i)));
    const taken = await Promise.all(Array.from({ length: 45 }, async (_, i) => (await fetch(i))?.job_id));
    // A claim that meets another one may find nothing at that instant: what is left is there for the next.
    const left: (string | undefined)[] = [];
    for (let job = await fetch(0); job !== undefined; job = await fetch(left.length)) left.push(job.job_id);
    const all = [...taken, ...left].filter((id) => id !== undefined);
    expect(all.toSorted()).toEqual(ids.toSorted());
  });

  test("wake a worker that waits at one when a job is submitted at another", async () => {
    for (const [waiting, submitting] of [
      [1, 0],
      [2, 1],
      [0, 2],
    ] as const) {
      const fetched = fetch(waiting, 30);
      const id = await submit(submitting);
      expect(await fetched).toMatchObject({ job_id: id });
    }
  });

  test("wake a worker that waits at one when maintenance ends at another", async () => {
    const admin = await addAccount({ isAdmin: true });
    const from = Date.now();
    const window = await call(createMaintenanceWindow, at(0, admin.secret), {
      params: { id: platformId },
      body: {
        start: new Date(from - 60_000).toISOString(),
        end: new Date(from + 3_600_000).toISOString(),
      },
    });
    const id = await submit(1);
    for (const index of [0, 1, 2]) {
      expect(await fetch(index)).toBeUndefined();
      const { status } = await call(getPlatform, owner(index), { params: { name: platformName } });
      expect(status).toBe("maintenance");
    }
    const fetched = fetch(2, 30);
    await call(deleteMaintenanceWindow, at(0, admin.secret), { params: { id: window.id } });
    expect(await fetched).toMatchObject({ job_id: id });
  });

  test.each([
    ["a token is revoked", "update credentials set revoked_at = now() where id = $1", "credentialId"],
    ["an account is disabled", "update users set disabled_at = now() where id = $1", "userId"],
  ] as const)("refuse the next request everywhere when %s", async (_, statement, what) => {
    for (let round = 0; round < 20; round++) {
      const account = await addAccount();
      const read = (index: number) =>
        codeOf(call(getPlatform, at(index, account.secret), { params: { name: platformName } }));
      expect(await Promise.all([0, 1, 2].map(read))).toEqual(["done", "done", "done"]);
      await database.pool.query(statement, [account[what]]);
      const refused = "not_authenticated";
      expect(await Promise.all([0, 1, 2].map(read))).toEqual([refused, refused, refused]);
    }
  });

  test("know of a permission that is withdrawn, and of rights that are lost, with the next request", async () => {
    const account = await addAccount();
    await database.pool.query("delete from platform_permissions where user_id = $1", [account.userId]);
    for (const index of [0, 1, 2]) {
      expect(await codeOf(submit(index, at(index, account.secret)))).toBe("platform_not_found");
    }
    const admin = await addAccount({ isAdmin: true });
    const list = (index: number) => codeOf(call(listAllPlatforms, at(index, admin.secret), {}));
    expect(await Promise.all([0, 1, 2].map(list))).toEqual(["done", "done", "done"]);
    await database.pool.query("update users set is_admin = false where id = $1", [admin.userId]);
    expect(await Promise.all([0, 1, 2].map(list))).toEqual(["not_allowed", "not_allowed", "not_allowed"]);
  });

  test("keep every change that people make at the same moment", async () => {
    const admin = await addAccount({ isAdmin: true });
    const change = (index: number, limits: object) =>
      call(updatePlatform, at(index, admin.secret), { params: { id: platformId }, body: { limits } });
    await Promise.all([
      change(0, { shots_max: 1_000_000 }),
      change(1, { duration_s_max: 1000 }),
      change(2, { queue_max: 1000 }),
    ]);
    const { limits } = await call(getPlatform, owner(0), { params: { name: platformName } });
    expect(limits).toEqual({ shots_max: 1_000_000, duration_s_max: 1000, queue_max: 1000 });
  });

  test("lose nothing when one of them is killed, and answer those who wait when one is stopped", async () => {
    const id = await submit(2);
    const job = await fetch(2);
    processes[2]!.child.kill("SIGKILL");
    await once(processes[2]!.child, "exit");
    const [params, body] = [{ id }, { lease_token: job!.lease_token }];
    expect(await call(renewLease, worker(0), { params, body })).toMatchObject({ status: "running" });
    await call(completeJob, worker(1), { params, body: { ...body, results } });
    expect(await statusOf(0, id)).toBe("completed");

    const fetched = fetch(1, 30);
    // What is asked on a later connection is answered later: the fetch has arrived.
    await statusOf(1, id);
    processes[1]!.child.kill("SIGTERM");
    expect(await fetched).toBeUndefined();
    expect((await once(processes[1]!.child, "exit"))[0]).toBe(0);
  });
});
