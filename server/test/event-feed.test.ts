import { call, cancelJob, completeJob, renewLease } from "@corbenic/protocol";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { inTransaction } from "../src/database/transaction.ts";
import { createEventFeed, type EventFeed } from "../src/events/event-feed.ts";
import { currentPosition, type EventPosition } from "../src/events/event-store.ts";
import { describeOnBoth, freshDatabase, openTestCloud, results, type TestCloud } from "./test-cloud.ts";

/**
 * Lets every event be told: a server tells those that no transaction of its databases can precede any more, and other
 * tests have transactions on it.
 */
async function settle({ database: { pool } }: TestCloud): Promise<void> {
  for (;;) {
    const { rows } = await pool.query<{ settled: boolean }>(
      `select coalesce(max(made_by) < pg_snapshot_xmin(pg_current_snapshot()), true) as settled from job_events`,
    );
    if (rows[0]!.settled) return;
  }
}

/** Subscribes an account, and keeps what it is told as `status job`. */
async function listenTo(feed: EventFeed, cloud: TestCloud, ownerId: number | null, from?: EventPosition) {
  const after = from ?? (await currentPosition(cloud.database.pool));
  const told: string[] = [];
  const positions: EventPosition[] = [];
  const end = feed.subscribe({
    ownerId,
    after,
    onEvent: ({ status, job_id, position }) => {
      told.push(`${status} ${job_id}`);
      positions.push(position);
    },
    onProgress: ({ progress, job_id }) => told.push(`${progress} ${job_id}`),
  });
  await feed.look();
  return { told, positions, end };
}

describeOnBoth("the feed of events", (openCloud) => {
  let cloud: TestCloud;
  let feed: EventFeed;
  beforeAll(async () => {
    cloud = await openCloud();
    feed = createEventFeed(cloud.database.pool);
  });
  afterAll(() => cloud.close());
  const listen = async (ownerId: number | null, from?: EventPosition) => {
    await settle(cloud);
    return listenTo(feed, cloud, ownerId, from);
  };
  const look = async () => {
    await settle(cloud);
    await feed.look();
  };

  test("tells an account what becomes of its jobs, in order and once, and of nobody else's", async () => {
    const other = await cloud.addAccount();
    const [mine, theirs] = [await listen(cloud.owner.userId), await listen(other.userId)];
    const id = await cloud.submit();
    const theirId = await cloud.submit(other);
    await look();
    const { lease_token } = await cloud.lease();
    await call(renewLease, cloud.worker, { params: { id }, body: { lease_token, progress: 0.5 } });
    await look();
    await look();
    await call(completeJob, cloud.worker, { params: { id }, body: { lease_token, results } });
    await call(cancelJob, other.jobs, { params: { id: theirId } });
    await look();
    expect(mine.told).toEqual([`waiting ${id}`, `running ${id}`, `0.5 ${id}`, `completed ${id}`]);
    expect(theirs.told).toEqual([`waiting ${theirId}`, `canceled ${theirId}`]);
    mine.end();
    theirs.end();
  });

  test("tells whoever looks after all what becomes of everybody's jobs, beside those who own them", async () => {
    const other = await cloud.addAccount();
    const [all, theirs] = [await listen(null), await listen(other.userId)];
    const id = await cloud.submit();
    const theirId = await cloud.submit(other);
    await look();
    expect(all.told).toEqual([`waiting ${id}`, `waiting ${theirId}`]);
    expect(theirs.told).toEqual([`waiting ${theirId}`]);
    all.end();
    theirs.end();
    await call(cancelJob, cloud.owner.jobs, { params: { id } });
    await call(cancelJob, other.jobs, { params: { id: theirId } });
  });

  test("takes up where a subscriber left off", async () => {
    const first = await listen(cloud.owner.userId);
    const [a, b] = [await cloud.submit(), await cloud.submit()];
    await look();
    first.end();
    const again = await listen(cloud.owner.userId, first.positions[0]);
    expect(again.told).toEqual([`waiting ${b}`]);
    expect(first.told).toEqual([`waiting ${a}`, `waiting ${b}`]);
    again.end();
  });

  test("tells nothing to whoever has left, and asks nothing of the database without subscribers", async () => {
    const gone = await listen(cloud.owner.userId);
    gone.end();
    await cloud.submit();
    await look();
    expect(gone.told).toEqual([]);
    const silent = createEventFeed({ query: () => Promise.reject(new Error("asked")) } as never);
    await silent.look();
  });
});

const postgresUrl = inject("postgresUrl");

// The embedded database has one connection: there, no transaction begins before another has ended.
describe.skipIf(postgresUrl === null)("the feed of events of overlapping transactions, PostgreSQL", () => {
  let cloud: TestCloud;
  let feed: EventFeed;
  beforeAll(async () => {
    cloud = await openTestCloud({}, () => freshDatabase(postgresUrl!));
    feed = createEventFeed(cloud.database.pool);
  });
  afterAll(() => cloud.close());

  test("misses no event whose transaction ended after that of a later one", async () => {
    const { told, end } = await listenTo(feed, cloud, cloud.owner.userId);
    let early = "";
    let late = "";
    await inTransaction(cloud.database.pool, async (client) => {
      await client.query("select pg_current_xact_id()");
      late = await cloud.submit();
      await feed.look();
      const { rows } = await client.query<{ id: string }>(
        `with job as (
           insert into jobs (owner_id, platform_id, name, command, priority, max_duration_s, attempts_max)
           values ($1, $2, 'early', 'probs', 2, 60, 3) returning id
         ), event as (
           insert into job_events (job_id, transition, to_state, attempt, actor)
           select id, 'submit', 'waiting', 0, 'owner' from job
         ) select id from job`,
        [cloud.owner.userId, cloud.platformId],
      );
      early = rows[0]!.id;
      expect(told).toEqual([]);
    });
    await feed.look();
    expect(told).toEqual([`waiting ${early}`, `waiting ${late}`]);
    end();
  });
});
