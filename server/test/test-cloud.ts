import { randomUUID } from "node:crypto";
import { type CallTarget, call, fetchJob, type LeasedJob, submitJob } from "@corbenic/protocol";
import type { FastifyInstance } from "fastify";
import pg from "pg";
import { describe, inject } from "vitest";
import { createApp, type Services } from "../src/app.ts";
import { defaultLimits, type Limits } from "../src/config.ts";
import { bindWorkerKey } from "../src/credentials/credential-store.ts";
import { issueCredential } from "../src/credentials/credentials.ts";
import { createUsageTally } from "../src/credentials/usage-tally.ts";
import type { Database } from "../src/database/database.ts";
import { openEmbedded } from "../src/database/embedded.ts";
import { migrate } from "../src/database/migrate.ts";
import { openPostgres } from "../src/database/postgres.ts";
import { createEventFeed } from "../src/events/event-feed.ts";
import { shareQueueSignal } from "../src/leases/queue-notifications.ts";
import { createQueueSignal } from "../src/leases/queue-signal.ts";
import { announcePlatform, permitUser } from "../src/platforms/platform-store.ts";
import { insertUser } from "../src/users/user-store.ts";
import { startProcesses } from "./processes/start-processes.ts";

/** A payload that every simulator can run. */
export const payload = {
  command: "probs",
  circuit:
    ":PCVL:zip:eJyzCnAO87FydM4sSi7NLLFydfTM9K9wdI7MSg52DsyO9AkNCtWu9DANqMj3cg50hAPP9GwvBM+xEKgWwXPxRFELAAdTHXM=",
  input_state: ":PCVL:BasicState:|1,1>",
  parameters: { min_detected_photons: 2 },
  job_context: null,
} as const;

/** Results as a worker reports them. */
export const results = JSON.stringify({
  results: ":PCVL:BSDistribution:{|2,0>=0.5;|0,2>=0.5}",
  global_perf: 1,
});

/** An account of the test cloud. */
export interface Account {
  readonly userId: number;
  readonly email: string;
  /** Calls with a job token. */
  readonly jobs: CallTarget;
  /** Calls with a login token. */
  readonly login: CallTarget;
}

/** A control plane without sockets: requests go straight to the application. */
export interface TestCloud {
  readonly app: FastifyInstance;
  readonly services: Services;
  readonly database: Database;
  readonly platformId: string;
  /** Calls without a credential. */
  readonly anonymous: CallTarget;
  readonly owner: Account;
  readonly worker: CallTarget;
  addAccount(options?: { permitted?: boolean; admin?: boolean }): Promise<Account>;
  addWorker(platformId: string): Promise<CallTarget>;
  submit(account?: Account): Promise<string>;
  /** Lets a worker take the next job. @throws when none waits */
  lease(): Promise<LeasedJob>;
  /** Lets every process write down what it counted of the use of credentials. */
  flushUsage(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Runs the tests on the embedded database, and on a PostgreSQL server where one is installed. `npm run test:spread`
 * runs them on PostgreSQL alone, with the requests spread over three API processes.
 */
export function describeOnBoth(name: string, tests: (openCloud: typeof openTestCloud) => void): void {
  const url = inject("postgresUrl");
  const processes = Number(process.env.CORBENIC_TEST_PROCESSES ?? 0);
  if (processes > 0) {
    describe.skipIf(url === null)(`${name}, PostgreSQL and ${processes} API processes`, () =>
      tests((limits) => openTestCloud(limits, () => freshDatabase(url!), processes)),
    );
    return;
  }
  describe(`${name}, embedded`, () => tests((limits) => openTestCloud(limits, () => openEmbedded("memory"))));
  describe.skipIf(url === null)(`${name}, PostgreSQL`, () =>
    tests((limits) => openTestCloud(limits, () => freshDatabase(url!))),
  );
}

/** Embedded and in memory unless told otherwise; calls are answered by this process, or by so many others. */
export async function openTestCloud(
  limits: Partial<Limits> = {},
  open: () => Promise<Database & { readonly url?: string }> = () => openEmbedded("memory"),
  otherProcesses = 0,
): Promise<TestCloud> {
  const database = await open();
  await migrate(database.pool);
  const stopping = new AbortController();
  const others =
    otherProcesses === 0 ? undefined : await startProcesses(otherProcesses, database.url!, limits);
  const shared = others === undefined ? undefined : shareQueueSignal(database.pool);
  const silence = shared?.start(console);
  const services = {
    db: database.pool,
    usage: createUsageTally(),
    events: createEventFeed(database.pool),
    limits: { ...defaultLimits, ...limits },
    queueSignal: shared ?? createQueueSignal(),
    stopping: stopping.signal,
    version: "0.0.0-test",
  };
  const app = await createApp(services, { logger: false, consoleDirectory: null });
  const target = (token?: string): CallTarget => ({
    baseUrl: "http://cloud.test",
    token,
    fetch: others?.fetch ?? injecting(app),
  });
  const specs = { available_commands: ["probs"] };
  const platformId = await announcePlatform(database.pool, { name: "sim:test", type: "simulator", specs });

  async function addAccount({ permitted = true, admin = false } = {}): Promise<Account> {
    const email = `${randomUUID()}@test`;
    const userId = await insertUser(database.pool, { email, passwordHash: "-", isAdmin: admin });
    if (permitted) await permitUser(database.pool, userId, platformId);
    const issue = async (kind: "job" | "login") =>
      target((await issueCredential(database.pool, { kind, label: "test", userId })).secret);
    return { userId, email, jobs: await issue("job"), login: await issue("login") };
  }
  const owner = await addAccount();

  async function addWorker(platform: string): Promise<CallTarget> {
    const key = await issueCredential(database.pool, { kind: "worker", label: "test", userId: owner.userId });
    await bindWorkerKey(database.pool, key.id, platform);
    return target(key.secret);
  }
  const worker = await addWorker(platformId);

  return {
    app,
    services,
    database,
    platformId,
    anonymous: target(),
    owner,
    worker,
    addAccount,
    addWorker,
    async submit(account = owner) {
      const body = { platform_name: "sim:test", job_name: "test", payload };
      return (await call(submitJob, account.jobs, { body })).job_id;
    },
    async lease() {
      const job = await call(fetchJob, worker, { query: {} });
      if (job === undefined) throw new Error("no job waits");
      return job;
    },
    async flushUsage() {
      await services.usage.flush(database.pool);
      await others?.flushUsage();
    },
    async close() {
      stopping.abort();
      await others?.stop();
      await app.close();
      await silence?.();
      await database.close();
    },
  };
}

/** A `fetch` that hands requests to the application. */
function injecting(app: FastifyInstance): typeof fetch {
  const send = async (url: URL, init: RequestInit): Promise<Response> => {
    const answer = await app.inject({
      method: init.method as "GET",
      url: url.pathname + url.search,
      headers: init.headers as Record<string, string>,
      ...(typeof init.body === "string" ? { payload: init.body } : {}),
    });
    const headers = Object.entries(answer.headers).map(([name, value]): [string, string] => [
      name,
      String(value),
    ]);
    return new Response(answer.statusCode === 204 ? null : answer.body, {
      status: answer.statusCode,
      headers,
    });
  };
  return send as unknown as typeof fetch;
}

/** A new database of the test server. */
export async function freshDatabase(serverUrl: string): Promise<Database & { readonly url: string }> {
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  const admin = new pg.Client({ connectionString: serverUrl });
  await admin.connect();
  await admin.query(`create database ${name}`);
  await admin.end();
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return { ...(await openPostgres(url.href)), url: url.href };
}
