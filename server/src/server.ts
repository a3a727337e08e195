import type { AddressInfo } from "node:net";
import type { FastifyBaseLogger, FastifyInstance } from "fastify";
import type pg from "pg";
import { Registry } from "prom-client";
import { type AppOptions, createApp } from "./app.ts";
import { defaultLimits, type Limits } from "./config.ts";
import { createUsageTally } from "./credentials/usage-tally.ts";
import { acquireDataDirectory } from "./database/data-directory.ts";
import type { Database } from "./database/database.ts";
import { migrate } from "./database/migrate.ts";
import { connect, embed } from "./database/open-database.ts";
import { createEventFeed } from "./events/event-feed.ts";
import { failing } from "./failpoint.ts";
import { prepareGracefulClose } from "./http/graceful-close.ts";
import { shareQueueSignal } from "./leases/queue-notifications.ts";
import { createQueueSignal } from "./leases/queue-signal.ts";
import { startAccountSweeper } from "./maintenance/account-sweeper.ts";
import { startAuditAnchor } from "./maintenance/audit-anchor.ts";
import { startFeed } from "./maintenance/feed.ts";
import { startHousekeeper } from "./maintenance/housekeeper.ts";
import { startJobExpiry } from "./maintenance/job-expiry.ts";
import { startLeaseReaper } from "./maintenance/lease-reaper.ts";
import { startQueueWatch } from "./maintenance/queue-watch.ts";
import { startStatusKeeper } from "./maintenance/status-keeper.ts";
import { startUsageKeeper } from "./maintenance/usage-keeper.ts";
import { measureCloud } from "./metrics/cloud-metrics.ts";
import { listenToOperators } from "./metrics/operator-listener.ts";
import { measureProcess } from "./metrics/process-metrics.ts";
import { StartError } from "./start-error.ts";
import { version } from "./version.ts";

export interface ServerOptions extends AppOptions {
  readonly host: string;
  /** 0 for a free one. */
  readonly port: number;
  /** Holds the embedded database and the local credentials. */
  readonly dataDirectory: string;
  /** A PostgreSQL server to use instead of the embedded database. */
  readonly databaseUrl?: string | undefined;
  readonly limits?: Partial<Limits>;
  /** Where operators read metrics, on the loopback address: 0 for a free port, absent for nowhere. */
  readonly metricsPort?: number | undefined;
}

export interface RunningServer {
  readonly url: string;
  readonly version: string;
  readonly database: Database;
  readonly credentialsPath: string;
  readonly log: FastifyBaseLogger;
  /** Where operators read `/metrics` and `/readyz`, or null. */
  readonly metricsUrl: string | null;
  /** Answers whoever waits, finishes what was begun, and closes the database. */
  stop(): Promise<void>;
}

/**
 * Starts the control plane: opens and migrates the database, listens, and ends leases that were lost.
 * @throws {StartError} with one sentence that says what to do
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  refuseOpenly(options);
  const directory = acquireDataDirectory(options.dataDirectory);
  const undo: (() => unknown)[] = [() => directory.release()];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const { databaseUrl } = options;
    if (databaseUrl !== undefined) await migrateAt(databaseUrl);
    const database = await (databaseUrl === undefined
      ? embed(directory.postgresPath)
      : connect(databaseUrl, { statementMs }));
    undo.push(() => database.close());
    if (databaseUrl === undefined) await migrate(database.pool);

    const limits = { ...defaultLimits, ...options.limits };
    const stopping = new AbortController();
    const shared = database.kind === "postgres" ? shareQueueSignal(database.pool) : undefined;
    const queueSignal = shared ?? createQueueSignal();
    const usage = createUsageTally();
    const pool = failing(database.pool);
    const events = createEventFeed(pool);
    const services = { db: pool, usage, events, limits, queueSignal, stopping: stopping.signal, version };
    const app = await createApp(services, options);
    const { log } = app;
    const metricsUrl = await measure(app, database.pool, options.metricsPort, undo);
    // Stopped after the last request has been answered: they write down what it left.
    undo.push(startUsageKeeper(database.pool, { everyMs: limits.usageMs, usage, log }));
    const anchors = { path: directory.auditAnchorsPath, everyMs: limits.anchorMs, log };
    undo.push(startAuditAnchor(database.pool, anchors));
    if (shared !== undefined) undo.push(shared.start(log));
    const close = prepareGracefulClose(app, limits.closeGraceMs);
    const url = await listen(app, options);
    undo.push(close);
    const duty = { random: Math.random, log };
    undo.push(startLeaseReaper(pool, { limits, queueSignal, ...duty }));
    undo.push(startQueueWatch(pool, { everyMs: limits.queuePollMs, queueSignal, ...duty }));
    undo.push(startJobExpiry(database.pool, { ageMaxDays: limits.jobAgeMaxDays, ...duty }));
    undo.push(startStatusKeeper(database.pool, { everyMs: limits.statusMs, queueSignal, log }));
    undo.push(startAccountSweeper(database.pool, { everyMs: limits.sweepMs, log }));
    const { housekeepingMs, idempotencyKeepMs } = limits;
    undo.push(startHousekeeper(database, { everyMs: housekeepingMs, idempotencyKeepMs, log }));
    undo.push(startFeed(events, { everyMs: limits.eventsMs, log }));
    undo.push(() => stopping.abort());
    return { url, version, database, credentialsPath: directory.credentialsPath, log, metricsUrl, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Longer than any statement of the server takes; changing the tables of a large cloud may take longer. */
const statementMs = 30_000;

async function migrateAt(databaseUrl: string): Promise<void> {
  const { pool, close } = await connect(databaseUrl);
  await migrate(pool).finally(close);
}

/** @returns where the metrics are read */
async function measure(
  app: FastifyInstance,
  pool: pg.Pool,
  port: number | undefined,
  undo: (() => unknown)[],
): Promise<string | null> {
  if (port === undefined) return null;
  const registry = new Registry();
  measureProcess(registry, app, pool);
  measureCloud(registry, pool);
  const { url, close } = await listenToOperators(port, { db: pool, registry });
  undo.push(close);
  return url;
}

async function listen(
  app: FastifyInstance,
  { host, port }: Pick<ServerOptions, "host" | "port">,
): Promise<string> {
  try {
    await app.listen({ host, port });
  } catch (cause) {
    await app.close();
    throw new StartError(refusalToListen(cause, host, port), { cause });
  }
  const address = app.server.address() as AddressInfo;
  return `http://${address.family === "IPv6" ? `[${address.address}]` : address.address}:${address.port}`;
}

/** Tokens and passwords would cross the network as they are. */
function refuseOpenly({ host, behindProxy }: ServerOptions): void {
  if (behindProxy || ["127.0.0.1", "::1", "localhost"].includes(host)) return;
  throw new StartError(
    `Listening on ${host} would show tokens and passwords to the network: put a proxy that speaks TLS in front and say --behind-proxy, or listen on 127.0.0.1.`,
  );
}

function refusalToListen(cause: unknown, host: string, port: number): string {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  if (code === "EADDRINUSE") {
    return `Port ${port} on ${host} is taken by another program: stop that one, or choose another port with --port (0 for any free one).`;
  }
  if (code === "EACCES")
    return `This user may not listen on port ${port}: choose one above 1023 with --port.`;
  return `Cannot listen on ${host}:${port} (${cause instanceof Error ? cause.message : cause}): choose another with --port.`;
}
