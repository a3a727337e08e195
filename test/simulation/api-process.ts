import { AsyncLocalStorage } from "node:async_hooks";
import type { OutgoingHttpHeaders } from "node:http";
import { inspect } from "node:util";
import type { FastifyInstance } from "fastify";
import type pg from "pg";
import { createApp, type Services } from "../../server/src/app.ts";
import { defaultLimits, type Limits } from "../../server/src/config.ts";
import { createUsageTally } from "../../server/src/credentials/usage-tally.ts";
import { createEventFeed } from "../../server/src/events/event-feed.ts";
import { mergeTallies } from "../../server/src/jobs/job-store.ts";
import { expireJobs } from "../../server/src/leases/reap-store.ts";
import { reap } from "../../server/src/maintenance/lease-reaper.ts";
import { watchQueue } from "../../server/src/maintenance/queue-watch.ts";
import type { Chance } from "./chance.ts";
import { beginLife, type Life } from "./life.ts";
import type { Scheduler } from "./scheduler.ts";
import type { SharedDatabase } from "./shared-database.ts";

export interface Delivered {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: string | undefined;
}

export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What one seed is made of, for all its parts. */
export interface Setting {
  readonly scheduler: Scheduler;
  readonly chance: Chance;
  readonly database: SharedDatabase;
  readonly limits: Partial<Limits>;
  /** How probable it is that a process dies just before, or just after, one of its statements. */
  readonly crashAtStatement: number;
  /** What a statement is in this seed: another one where a fault is planted. */
  readonly rewrite: (text: string) => string;
  /** Told of what no process should ever do. */
  readonly surprise: (what: string) => void;
}

/** One process of the control plane: the real application and reaper, on the shared database. */
export interface ApiProcess {
  readonly name: string;
  readonly alive: boolean;
  /** Begins a seed. */
  begin(setting: Setting): void;
  start(): void;
  /** Ends a seed. */
  end(): void;
  /** All that it was doing ends where it is, and nobody is told. */
  crash(): void;
  /** Resolves with the answer, never when the process dies first. */
  deliver(request: Delivered, gone: AbortSignal): Promise<Answered>;
}

/** How soon it is looked again whether the one connection is free. */
const waitMs = 5;

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Some work of a life that has the one connection to itself until it is released. */
interface Transaction {
  readonly life: Life;
}

const transactions = new WeakMap<SharedDatabase, Transaction>();

export async function createApiProcess(name: string): Promise<ApiProcess> {
  const lives = new AsyncLocalStorage<Life>();
  const limits: Limits = { ...defaultLimits };
  let setting: Setting | undefined;
  let life: Life | undefined;
  const never = new Promise<never>(() => undefined);

  /** The life that whatever runs now was begun in. */
  const current = () => (lives.getStore() ?? life)!;

  /** Runs a statement as an event of its own, so that a crash or another process may come before it. */
  function statement(
    text: string,
    values: readonly unknown[] | undefined,
    transaction?: Transaction,
  ): Promise<pg.QueryResult> {
    const mine = current();
    const begun = setting!;
    const { scheduler, chance, database, rewrite } = begun;
    return new Promise((resolve, reject) => {
      const attempt = async () => {
        if (mine.over) return;
        const open = transactions.get(database);
        if (open !== undefined && open !== transaction) {
          scheduler.after(waitMs, `${name} waits`, attempt);
          return;
        }
        if (chance.happens(begun.crashAtStatement)) return process.crash();
        await database.run(rewrite(text), values, scheduler).then(resolve, reject);
        if (chance.happens(begun.crashAtStatement)) process.crash();
      };
      scheduler.after(chance.happens(0.1) ? chance.scaled(1, 200) : 0, `${name} statement`, attempt);
    });
  }

  const queryIn =
    (transaction?: Transaction) =>
    (query: string | { text: string; values?: unknown[] }, values?: unknown[]) =>
      typeof query === "string"
        ? statement(query, values, transaction)
        : statement(query.text, query.values, transaction);
  const query = queryIn();

  async function connect() {
    const transaction: Transaction = { life: current() };
    const { scheduler, database } = setting!;
    await new Promise<void>((resolve) => {
      const attempt = () => {
        if (transaction.life.over) return;
        if (transactions.has(database)) scheduler.after(waitMs, `${name} waits`, attempt);
        else {
          transactions.set(database, transaction);
          resolve();
        }
      };
      scheduler.after(0, `${name} connects`, attempt);
    });
    const ignore = () => undefined;
    const release = () => void transactions.delete(database);
    return { query: queryIn(transaction), on: ignore, off: ignore, release };
  }

  const db = { query, connect } as unknown as Services["db"];
  const services: Services = {
    db,
    usage: createUsageTally(),
    // Nobody follows events here, so that it asks the database nothing.
    events: createEventFeed(db),
    limits,
    queueSignal: {
      now: () => current().queueSignal.now(),
      raise: (platformId) => current().queueSignal.raise(platformId),
      raiseAll: () => current().queueSignal.raiseAll(),
      hear: (platformId, jobs) => current().queueSignal.hear(platformId, jobs),
      waiting: () => current().queueSignal.waiting(),
      wait: (...args) => current().queueSignal.wait(...args),
    },
    submissionTurns: (...args) => current().submissionTurns(...args),
    fetchTurnstile: (work) => current().fetchTurnstile(work),
    stopping: new AbortController().signal,
    version: "simulation",
    random: () => setting!.chance.next(),
  };
  const app: FastifyInstance = await createApp(services, { logger: false, consoleDirectory: null });
  await app.ready();

  /** Performs a duty of the process again and again, as long as this life lasts. */
  function scheduleDuty(mine: Life, what: string, everyMs: number, perform: () => Promise<void>): void {
    const { scheduler, chance } = setting!;
    scheduler.after(everyMs * chance.between(0.8, 1.2), `${name} ${what}`, () => {
      if (mine.over) return;
      void lives
        .run(mine, perform)
        .catch((error: unknown) => setting!.surprise(`${name} ${what} and fails: ${inspect(error)}`));
      scheduleDuty(mine, what, everyMs, perform);
    });
  }

  function startDuties(mine: Life): void {
    const { queueSignal } = mine;
    const random = () => setting!.chance.next();
    const options = { limits, queueSignal, random, log: silent };
    scheduleDuty(mine, "reaps", limits.reaperMs, () => reap(db, options));
    scheduleDuty(mine, "watches the queue", limits.queuePollMs, () => watchQueue(db, queueSignal));
    scheduleDuty(mine, "ends old jobs", limits.reaperMs, async () => {
      await expireJobs(db, limits.jobAgeMaxDays);
    });
    scheduleDuty(mine, "merges tallies", limits.reaperMs * 10, async () => {
      await mergeTallies(db);
    });
  }

  const process: ApiProcess = {
    name,
    get alive() {
      return life !== undefined && !life.over;
    },
    begin(given) {
      process.end();
      transactions.delete(given.database);
      setting = given;
      Object.assign(limits, defaultLimits, given.limits);
    },
    start() {
      life = beginLife(db, setting!.scheduler);
      startDuties(life);
    },
    end() {
      if (life !== undefined) life.over = true;
    },
    crash() {
      if (life === undefined || life.over) return;
      life.over = true;
      const { scheduler, database } = setting!;
      scheduler.note(`${name} crashes`);
      const open = transactions.get(database);
      if (open?.life !== life) return;
      scheduler.after(0, `${name} transaction is rolled back`, async () => {
        await database.run("rollback", undefined, scheduler);
        if (transactions.get(database) === open) transactions.delete(database);
      });
    },
    async deliver(request, gone) {
      const mine = life;
      if (mine === undefined || mine.over) return never;
      const { statusCode, headers, body } = await lives.run(mine, () =>
        app.inject({
          method: request.method,
          url: request.url,
          headers: request.headers,
          signal: gone,
          ...(request.body === undefined ? {} : { payload: request.body }),
        }),
      );
      return mine.over ? never : { status: statusCode, headers: textHeaders(headers), body };
    },
  };
  return process;
}

function textHeaders(headers: OutgoingHttpHeaders): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}
