import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  countServed,
  createOwners,
  createQueue,
  type FairQueue,
  jainIndex,
  type QueueOwner,
} from "./fair-queue.ts";
import { compareWithModel, queueStep } from "./queue-history.ts";
import { describeOnBoth, type TestCloud } from "./test-cloud.ts";

describeOnBoth("the fair queue", (openCloud) => {
  let cloud: TestCloud;
  let owners: Awaited<ReturnType<typeof createOwners>>;
  let equals: QueueOwner[];
  const names = ["ada", "ben", "cyd", "dan", "eve"];
  beforeAll(async () => {
    cloud = await openCloud();
    owners = await createOwners(cloud.database.pool);
    equals = await Promise.all(names.map((name) => owners.alone(name)));
  });
  afterAll(() => cloud.close());

  const openQueue = (): Promise<FairQueue> => createQueue(cloud.database.pool);

  test("starts a new owner's first job within k + 1 claims, whatever k others have queued", async () => {
    const queue = await openQueue();
    // One after the other, so that their places begin at different moments, and one with most of the jobs.
    for (const [i, owner] of equals.entries()) await queue.submitMany(owner, i === 0 ? 40 : 12);
    for (let claims = 0; claims < 7; claims++) {
      const newcomer = await owners.alone(`new-${claims}`);
      await queue.submit(newcomer);
      const served = await queue.serve(equals.length + 1);
      expect(served.includes(newcomer.name), `${newcomer.name} among ${served}`).toBe(true);
    }
  });

  test("serves equal owners evenly, though one of them has 90 % of the jobs", async () => {
    const queue = await openQueue();
    await queue.submitMany(equals[0]!, 180);
    for (const owner of equals.slice(1)) await queue.submitMany(owner, 10);
    const served = countServed(await queue.serve(45), names);
    expect(jainIndex(served)).toBeGreaterThanOrEqual(0.95);
    expect(Math.max(...served) - Math.min(...served)).toBeLessThanOrEqual(1);
  });

  test("gives an owner who submits one job at a time no more than one who has queued many", async () => {
    const queue = await openQueue();
    const [ada, ben, cyd] = equals as [QueueOwner, QueueOwner, QueueOwner];
    await queue.submitMany(ada, 30);
    await queue.serve(3);
    await queue.submitMany(ben, 30);
    await queue.submit(cyd);
    const served: string[] = [];
    for (let i = 0; i < 30; i++) {
      const [name] = await queue.serve(1);
      served.push(name!);
      if (name === cyd.name) await queue.submit(cyd);
    }
    expect(jainIndex(countServed(served, [ada.name, ben.name, cyd.name]))).toBeGreaterThanOrEqual(0.99);
  });

  test("serves companies by their shares", async () => {
    const queue = await openQueue();
    const shares = [1, 2, 4];
    for (const share of shares) {
      const [member] = await owners.company(`share ${share}`, share, [`member of ${share}`]);
      await queue.submitMany(member!, 60);
    }
    const served = countServed(
      await queue.serve(70),
      shares.map((share) => `member of ${share}`),
    );
    for (const [i, share] of shares.entries()) {
      expect(Math.abs(served[i]! / (share * 10) - 1)).toBeLessThanOrEqual(0.1);
    }
  });

  test("serves the accounts of a company evenly, and the company as one", async () => {
    const queue = await openQueue();
    const members = await owners.company("many", 1, ["m1", "m2", "m3"]);
    const [single] = await owners.company("one", 1, ["s"]);
    await queue.submitMany(members[0]!, 40);
    await queue.submitMany(single!, 40);
    for (const member of members.slice(1)) await queue.submitMany(member, 10);
    const served = await queue.serve(48);
    expect(countServed(served, ["s"])).toEqual([24]);
    expect(countServed(served, ["m1", "m2", "m3"])).toEqual([8, 8, 8]);
  });

  test("takes the jobs of one owner in the order of their age", async () => {
    const queue = await openQueue();
    const ids = await queue.submitMany(equals[0]!, 6);
    const taken: string[] = [];
    for (let i = 0; i < 6; i++) taken.push((await queue.claim())!.id);
    expect(taken).toEqual(ids);
  });

  test("lets a higher priority go first, always", async () => {
    const queue = await openQueue();
    const [ada, ben] = equals as [QueueOwner, QueueOwner];
    await queue.submitMany(ada, 4, 2);
    await queue.submitMany(ben, 4, 5);
    await queue.submitMany(ada, 2, 9);
    expect(await queue.serve(10)).toEqual([
      ...Array(2).fill("ada"),
      ...Array(4).fill("ben"),
      ...Array(4).fill("ada"),
    ]);
  });

  test("takes a job that was handed back first, which changes nothing for the others", async () => {
    const queue = await openQueue();
    const [ada, ben, cyd] = equals as [QueueOwner, QueueOwner, QueueOwner];
    await queue.submitMany(ada, 20);
    await queue.submitMany(ben, 20);
    const first = (await queue.claim())!;
    await queue.serve(9);
    await queue.release(first.id);
    // The old place of the job that is back must not be where a new owner begins.
    await queue.submitMany(cyd, 10);
    expect((await queue.claim())!.id).toBe(first.id);
    expect(countServed(await queue.serve(15), ["ada", "ben", "cyd"])).toEqual([5, 5, 5]);
  });

  test("keeps an owner's turns when part of its jobs are canceled", async () => {
    const queue = await openQueue();
    const [ada, ben] = equals as [QueueOwner, QueueOwner];
    const ids = await queue.submitMany(ada, 40);
    await queue.submitMany(ben, 20);
    await queue.cancel(...ids.slice(0, 30));
    const served: string[] = [];
    for (let i = 0; i < 10; i++) served.push((await queue.claim())!.id);
    expect(served.filter((id) => ids.includes(id))).toEqual(ids.slice(30, 35));
  });

  test("keeps a member's turns within its company when part of its jobs are canceled", async () => {
    const queue = await openQueue();
    const [one, other] = await owners.company("canceling", 1, ["c1", "c2"]);
    const ids = await queue.submitMany(one!, 30);
    await queue.submitMany(other!, 20);
    await queue.cancel(...ids.slice(0, 20));
    const served: string[] = [];
    for (let i = 0; i < 10; i++) served.push((await queue.claim())!.id);
    expect(served.filter((id) => ids.includes(id))).toEqual(ids.slice(20, 25));
  });

  test("owes nothing for what was canceled or served, once the queue is empty", async () => {
    const queue = await openQueue();
    const [ada, ben] = equals as [QueueOwner, QueueOwner];
    await queue.submitMany(ada, 20);
    await queue.serve(10);
    await queue.cancel(...(await queue.submitMany(ada, 20)));
    await queue.serve(10);
    await queue.submitMany(ada, 4);
    await queue.submitMany(ben, 4);
    expect(countServed(await queue.serve(4), ["ada", "ben"])).toEqual([2, 2]);
  });

  test("does not hand out what is not due, and what is on a platform in maintenance", async () => {
    const queue = await openQueue();
    const pool = cloud.database.pool;
    const id = await queue.submit(equals[0]!);
    await pool.query("update jobs set not_before = clock_timestamp() + interval '1 hour' where id = $1", [
      id,
    ]);
    expect(await queue.claim()).toBeUndefined();
    await pool.query("update jobs set not_before = clock_timestamp() where id = $1", [id]);
    await pool.query("update platforms set status = 'maintenance' where id = $1", [queue.platformId]);
    expect(await queue.claim()).toBeUndefined();
    await pool.query("update platforms set status = 'available' where id = $1", [queue.platformId]);
    expect((await queue.claim())?.id).toBe(id);
  });

  test("gives no job twice and leaves none out when many claim, cancel and submit at once", async () => {
    const queue = await openQueue();
    const members = await owners.company("crowd", 1, ["x", "y"]);
    const all = [...equals.slice(0, 2), ...members];
    const submitted: string[] = [];
    for (const owner of all) submitted.push(...(await queue.submitMany(owner, 25)));
    const doomed = submitted.filter((_, i) => i % 5 === 0);
    const claimed: string[] = [];
    const lane = async () => {
      for (let i = 0; i < 15; i++) {
        const job = await queue.claim();
        if (job !== undefined) claimed.push(job.id);
      }
    };
    const late = Promise.all(all.map((owner) => queue.submitMany(owner, 5)));
    await Promise.all([lane(), lane(), lane(), lane(), lane(), lane(), queue.cancel(...doomed), late]);
    submitted.push(...(await late).flat());
    for (let job = await queue.claim(); job !== undefined; job = await queue.claim()) claimed.push(job.id);
    expect(new Set(claimed).size).toBe(claimed.length);
    const { rows } = await cloud.database.pool.query<{ id: string; state: string }>(
      "select id, state from jobs where platform_id = $1",
      [queue.platformId],
    );
    expect(rows).toHaveLength(submitted.length);
    expect(rows.filter(({ state }) => !["running", "canceled", "cancel_requested"].includes(state))).toEqual(
      [],
    );
    const taken = rows.filter(({ state }) => state !== "canceled").map(({ id }) => id);
    expect(taken.sort()).toEqual(claimed.sort());
  });

  test("gives jobs that one group submits at once different places", async () => {
    const queue = await openQueue();
    const members = await owners.company("flood", 1, ["f1", "f2", "f3"]);
    await Promise.all(members.map((member) => queue.submitMany(member, 12)));
    const { rows } = await cloud.database.pool.query(
      `select count(distinct slot_tag)::int as slots, count(distinct (owner_id, owner_tag))::int as places
         from jobs where platform_id = $1`,
      [queue.platformId],
    );
    expect(rows).toEqual([{ slots: 36, places: 36 }]);
    expect(jainIndex(countServed(await queue.serve(18), ["f1", "f2", "f3"]))).toBeGreaterThanOrEqual(0.95);
  });

  test("follows the model of its order, whatever happens", async () => {
    const companies = [
      ...(await owners.company("heavy", 2, ["h1", "h2"])),
      ...(await owners.company("light", 0.5, ["l1", "l2"])),
    ];
    const all = [...equals.slice(0, 2), ...companies];
    await fc.assert(
      fc.asyncProperty(fc.array(queueStep, { minLength: 5, maxLength: 60 }), async (steps) => {
        await compareWithModel(cloud.database.pool, all, steps);
      }),
      { numRuns: 60 },
    );
  });
});
