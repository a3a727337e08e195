import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import type { Database } from "../src/database/database.ts";
import { type SharedQueueSignal, shareQueueSignal } from "../src/leases/queue-notifications.ts";
import { freshDatabase } from "./test-cloud.ts";

const platform = "3f0f1c1e-7c1b-4f43-9a53-2f1d0f6f7a10";
const other = "00000000-7c1b-4f43-9a53-2f1d0f6f7a10";
/** Longer than the tests may take: only a notification ends such a wait. */
const foreverMs = 600_000;
const url = inject("postgresUrl");

describe.skipIf(url === null)("processes on one PostgreSQL", () => {
  let here: Database;
  let there: Database;
  let telling: SharedQueueSignal;
  let hearing: SharedQueueSignal;
  const warnings: string[] = [];
  let notifications = 0;
  let stops: (() => Promise<void>)[];

  beforeAll(async () => {
    here = await freshDatabase(url!);
    there = await openSame(here);
    const options = { gatherMs: 5, reconnectMs: 1 };
    const log = { warn: (_: unknown, text: string) => void warnings.push(text) };
    const { pool } = here;
    const query = pool.query.bind(pool) as (...args: unknown[]) => Promise<unknown>;
    const counted = {
      connect: pool.connect.bind(pool),
      query: (...args: unknown[]) => {
        notifications += 1;
        return query(...args);
      },
    } as Pick<typeof pool, "connect" | "query">;
    telling = shareQueueSignal(counted, options);
    hearing = shareQueueSignal(there.pool, options);
    stops = [telling, hearing].map((signal) => signal.start(log));
    await Promise.all([telling.listening, hearing.listening]);
  });
  afterAll(async () => {
    await Promise.all(stops.map((stop) => stop()));
    await Promise.all([here.close(), there.close()]);
  });

  const wait = (
    on: SharedQueueSignal,
    platformId: string,
    until: AbortSignal = new AbortController().signal,
  ) => on.wait([platformId], foreverMs, until);

  test("wake a worker that waits at another one", async () => {
    const woken = wait(hearing, platform);
    telling.raise(platform);
    await woken;
  });

  test("wake a worker that begins to wait just after it was told", async () => {
    const marker = wait(hearing, "marker");
    telling.raise(platform);
    telling.raise("marker");
    await marker;
    await wait(hearing, platform);
  });

  test("wake one worker for each job, and those of its platform only", async () => {
    const over = new AbortController();
    let awake = 0;
    // What the test before has left unheard.
    const left = AbortSignal.abort();
    await wait(hearing, platform, left);
    await wait(hearing, platform, left);
    const waits = [platform, platform, platform, other].map((id) =>
      wait(hearing, id, over.signal).then(() => {
        awake += 1;
      }),
    );
    telling.raise(platform);
    telling.raise(platform);
    await Promise.all(waits.slice(0, 2));
    const marker = wait(hearing, "marker");
    telling.raise("marker");
    await marker;
    expect(awake).toBe(2);
    over.abort();
    await Promise.all(waits);
  });

  test("tell nobody of a job for which a worker waits at home", async () => {
    const before = notifications;
    const woken = wait(telling, platform);
    telling.raise(platform);
    await woken;
    expect(notifications).toBe(before);
  });

  test("tell of a flood of jobs in a few notifications", async () => {
    const before = notifications;
    const waits = Array.from({ length: 200 }, () => wait(hearing, platform));
    for (let job = 0; job < 200; job++) telling.raise(platform);
    await Promise.all(waits);
    expect(notifications - before).toBeLessThanOrEqual(2);
  });

  test("hear of jobs again after their connection broke", async () => {
    await here.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where query = 'listen corbenic_queue' and datname = current_database() and pid <> pg_backend_pid()`,
    );
    // Until the break is noticed, the old connection may still be heard.
    while (!warnings.join().includes("listened to again soon")) await new Promise(setImmediate);
    const woken = wait(hearing, platform);
    const { promise, resolve } = Promise.withResolvers<void>();
    void woken.then(resolve);
    const again = setInterval(() => telling.raise(platform), 5);
    await promise;
    clearInterval(again);
    expect(warnings.join()).toContain("listened to again soon");
  });
});

async function openSame(database: Database): Promise<Database> {
  const { rows } = await database.pool.query<{ name: string }>("select current_database() as name");
  const { openPostgres } = await import("../src/database/postgres.ts");
  const same = new URL(url!);
  same.pathname = `/${rows[0]!.name}`;
  return openPostgres(same.href);
}
