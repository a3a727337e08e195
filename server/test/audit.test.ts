import { randomInt } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Actor } from "../src/audit/actor.ts";
import { listAuditEvents, recordChange } from "../src/audit/audit-store.ts";
import { verifyAudit } from "../src/audit/verify-audit.ts";
import { inTransaction } from "../src/database/transaction.ts";
import { describeOnBoth, type TestCloud } from "./test-cloud.ts";

const actor: Actor = { kind: "admin", userId: 1, credentialId: 2, address: "127.0.0.1", requestId: "r1" };

describeOnBoth("the audit trail", (openCloud) => {
  let cloud: TestCloud;
  const eventsCount = 40;
  beforeAll(async () => {
    cloud = await openCloud();
    for (let i = 1; i <= eventsCount; i++) {
      await recordChange(cloud.database.pool, actor, {
        action: i % 2 === 0 ? "user.update" : "platform.update",
        object: `user:${i}`,
        before: { priority: i },
        after: { priority: i + 1 },
      });
    }
  });
  afterAll(() => cloud.close());

  test("is whole as it was recorded, and says where it ends", async () => {
    const verdict = await verifyAudit(cloud.database.pool);
    expect(verdict).toMatchObject({ whole: true, events: eventsCount, head: { id: eventsCount } });
  });

  test("tells who changed what, the newest first, by action, object and place", async () => {
    const events = await listAuditEvents(cloud.database.pool, { action: "user", beforeId: "39", limit: 2 });
    expect(events).toMatchObject([
      {
        id: "38",
        action: "user.update",
        object: "user:38",
        before: { priority: 38 },
        after: { priority: 39 },
      },
      { id: "36", caller: "admin", user_id: 1, credential_id: 2, address: "127.0.0.1", request_id: "r1" },
    ]);
    expect(await listAuditEvents(cloud.database.pool, { object: "user:7", limit: 9 })).toHaveLength(1);
  });

  test("holds nothing of a change that was not made", async () => {
    const undone = inTransaction(cloud.database.pool, async (client) => {
      await recordChange(client, actor, { action: "user.delete", object: "user:1" });
      throw new Error("undone");
    });
    await expect(undone).rejects.toThrow("undone");
    expect(await verifyAudit(cloud.database.pool)).toMatchObject({ whole: true, events: eventsCount });
  });

  test("cannot be changed through the database's own rules", async () => {
    for (const statement of [
      "update audit_events set action = 'x'",
      "delete from audit_events",
      "truncate audit_events",
    ]) {
      await expect(cloud.database.pool.query(statement)).rejects.toThrow("only ever added to");
    }
  });

  /** Done behind the back of the rules, and undone afterwards. */
  const tamperings: [string, (id: number) => string[]][] = [
    ["one byte of an event", (id) => [`update audit_events set object = object || 'x' where id = ${id}`]],
    [
      "what an event changed",
      (id) => [`update audit_events set after = '{"priority": -1}' where id = ${id}`],
    ],
    [
      "an event and its hash",
      (id) => [
        `update audit_events e set action = 'other', hash = audit_hash(row(e.id, e.at, e.user_id, e.credential_id, e.caller,
         e.address, e.request_id, 'other', e.object, e.before, e.after, e.previous_hash, e.hash)::audit_events) where id = ${id}`,
      ],
    ],
    ["an event that is gone", (id) => [`delete from audit_events where id = ${id}`]],
    ["the events from one on", (id) => [`delete from audit_events where id >= ${id}`]],
  ];
  test("shows every tampering: 100 of 100", async () => {
    let found = 0;
    for (let i = 0; i < 100; i++) {
      const [, statements] = tamperings[i % tamperings.length]!;
      const client = await cloud.database.pool.connect();
      try {
        await client.query("begin");
        await client.query("alter table audit_events disable trigger user");
        for (const statement of statements(randomInt(1, eventsCount + 1))) await client.query(statement);
        if (!(await verifyAudit(client)).whole) found += 1;
      } finally {
        await client.query("rollback");
        client.release();
      }
    }
    expect(found).toBe(100);
  });

  test("that was made anew as a whole is shown by an anchor kept elsewhere", async () => {
    const before = await verifyAudit(cloud.database.pool);
    if (!before.whole) throw new Error("the trail is broken");
    expect(await verifyAudit(cloud.database.pool, before.head)).toMatchObject({ whole: true });
    const client = await cloud.database.pool.connect();
    try {
      await client.query("begin");
      await client.query("alter table audit_events disable trigger audit_events_stay");
      await client.query(
        "create temporary table kept on commit drop as select * from audit_events where id < 30",
      );
      await client.query("delete from audit_events");
      await client.query("update audit_head set last_id = 0, last_hash = sha256('')");
      await client.query(
        `insert into audit_events (user_id, caller, action, object) select user_id, caller, action, object from kept order by id`,
      );
      expect(await verifyAudit(client)).toMatchObject({ whole: true, events: 29 });
      expect(await verifyAudit(client, before.head)).toMatchObject({ whole: false });
    } finally {
      await client.query("rollback");
      client.release();
    }
  });
});
