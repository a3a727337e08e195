import { AsyncLocalStorage } from "node:async_hooks";
import type { OutgoingHttpHeaders } from "node:http";
import type { FastifyInstance } from "fastify";
import type pg from "pg";
import { createApp, type Services } from "../../server/src/app.ts";
import { defaultLimits, type Limits } from "../../server/src/config.ts";
import { createUsageTally } from "../../server/src/credentials/usage-tally.ts";
import { createEventFeed } from "../../server/src/events/event-feed.ts";
import { createQueueSignal } from "../../server/src/leases/queue-signal.ts";
import { reap } from "../../server/src/maintenance/lease-reaper.ts";
import { watchQueue } from "../../server/src/maintenance/queue-watch.ts";
import type { Chance } from "./chance.ts";
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
}

/** One process of the control plane: the real application and reaper, on the shared database. */
export interface ApiProcess {
  readonly name: string;
  readonly alive: boolean;
  /** Begins a seed. */
  begin(setting: Setting): void;
  start(): void;
  /** All that it was doing ends where it is, and nobody is told. */
  crash(): void;
  /** Resolves with the answer, never when the process dies first. */
  deliver(request: Delivered, gone: AbortSignal): Promise<Answered>;
}

/** A life of the process: what was begun in one life does not go on in the next. */
interface Life {
  over: boolean;
  inTransaction: boolean;
}

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** The one connection is held by this life's transaction. */
const holders = new WeakMap<SharedDatabase, Life>();

export async function createApiProcess(name: string): Promise<ApiProcess> {
  const lives = new AsyncLocalStorage<Life>();
  const limits: Limits = { ...defaultLimits };
  let setting: Setting | undefined;
  let life: Life = { over: true, inTransaction: false };
  let signal = createQueueSignal();
  const never = new Promise<never>(() => undefined);

  /** Runs a statement as an event of its own, so that a crash or another process may come before it. */
  function statement(text: string, values: readonly unknown[] | undefined): Promise<pg.QueryResult> {
    const mine = lives.getStore() ?? life;
    const { scheduler, chance, database, crashAtStatement } = setting!;
    return new Promise((resolve, reject) => {
      const attempt = async () => {
        if (mine.over) return;
        const holder = holders.get(database);
        if (holder !== undefined && holder !== mine) {
          scheduler.after(1, `${name} waits`, attempt);
          return;
        }
        if (chance.happens(crashAtStatement)) return process.crash();
        await database.run(text, values, scheduler).then(resolve, reject);
        if (chance.happens(crashAtStatement)) process.crash();
      };
      scheduler.after(chance.happens(0.1) ? chance.scaled(1, 200) : 0, `${name} statement`, attempt);
    });
  }

  const query = (query: string | { text: string; values?: unknown[] }, values?: unknown[]) =>
    typeof query === "string" ? statement(query, values) : statement(query.text, query.values);

  async function connect() {
    const mine = lives.getStore() ?? life;
    const { scheduler, database } = setting!;
    await new Promise<void>((resolve) => {
      const attempt = () => {
        if (mine.over) return;
        if (holders.has(database)) scheduler.after(1, `${name} waits`, attempt);
        else {
          holders.set(database, mine);
          resolve();
        }
      };
      scheduler.after(0, `${name} connects`, attempt);
    });
    const ignore = () => undefined;
    return { query, on: ignore, off: ignore, release: () => void holders.delete(database) };
  }

  const services = {
    db: { query, connect } as unknown as Services["db"],
    usage: createUsageTally(),
    // Nobody follows events here, so that it asks the database nothing.
    events: createEventFeed({ query } as unknown as Services["db"]),
    limits,
    queueSignal: {
      now: () => signal.now(),
      raise: (platformId: string) => signal.raise(platformId),
      raiseAll: () => signal.raiseAll(),
      hear: (platformId: string, jobs: number) => signal.hear(platformId, jobs),
      waiting: () => signal.waiting(),
      wait: (...args: Parameters<typeof signal.wait>) => signal.wait(...args),
    },
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
        .catch((error: unknown) => scheduler.note(`${name} ${what} failed: ${String(error)}`));
      scheduleDuty(mine, what, everyMs, perform);
    });
  }

  function startDuties(mine: Life): void {
    const { queueSignal, random, db } = services;
    const options = { limits, queueSignal, random, log: silent };
    scheduleDuty(mine, "reaps", limits.reaperMs, () => reap(db, options));
    scheduleDuty(mine, "watches the queue", limits.queuePollMs, () => watchQueue(db, queueSignal));
  }

  const process: ApiProcess = {
    name,
    get alive() {
      return !life.over;
    },
    begin(given) {
      life.over = true;
      setting = given;
      Object.assign(limits, defaultLimits, given.limits);
    },
    start() {
      life = { over: false, inTransaction: false };
      signal = createVirtualSignal(setting!.scheduler);
      startDuties(life);
    },
    crash() {
      if (life.over) return;
      life.over = true;
      const { scheduler, database } = setting!;
      scheduler.note(`${name} crashes`);
      if (holders.get(database) === life) {
        holders.delete(database);
        scheduler.after(0, `${name} transaction is rolled back`, async () => {
          await database.client.query("rollback");
        });
      }
    },
    async deliver(request, gone) {
      const mine = life;
      if (mine.over) return never;
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

function createVirtualSignal(scheduler: Scheduler) {
  return createQueueSignal(() => undefined, {
    now: () => scheduler.now,
    after(ms, act) {
      const timer = scheduler.after(ms, "a fetch looks again", act);
      return () => timer.cancel();
    },
  });
}
