import { randomInt } from "node:crypto";
import { type AuditEvent, call, listAuditEvents as listEvents } from "@corbenic/protocol";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Actor } from "../src/audit/actor.ts";
import { listAuditEvents, recordChange } from "../src/audit/audit-store.ts";
import { type AuditHead, verifyAudit } from "../src/audit/verify-audit.ts";
import { inTransaction } from "../src/database/transaction.ts";
import { addAdministrator } from "./administrator.ts";
import { codeOf } from "./refusal.ts";
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
    expect(verdict).toMatchObject({ whole: true, events: eventsCount });
    if (verdict.whole)
      expect(verdict.heads.find(({ chain }) => chain === 1)).toMatchObject({ seq: eventsCount });
  });

  test("tells who changed what, the newest first, by action, object and place", async () => {
    const events = await listAuditEvents(cloud.database.pool, { action: "user", beforeId: 39, limit: 2 });
    expect(events).toMatchObject([
      {
        id: 38,
        action: "user.update",
        object: "user:38",
        before: { priority: 38 },
        after: { priority: 39 },
      },
      { id: 36, caller: "admin", user_id: 1, credential_id: 2, address: "127.0.0.1", request_id: "r1" },
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

  /** Runs statements behind the back of the rules, verifies, and undoes them. */
  async function tamper(statements: string[], anchors?: readonly AuditHead[]) {
    const client = await cloud.database.pool.connect();
    try {
      await client.query("begin");
      await client.query("alter table audit_events disable trigger user");
      await client.query("alter table audit_heads disable trigger user");
      for (const statement of statements) await client.query(statement);
      return await verifyAudit(client, anchors);
    } finally {
      await client.query("rollback");
      client.release();
    }
  }

  const rehashed = `sha256(previous_hash || convert_to(jsonb_build_array(id, chain, seq, extract(epoch from at),
    user_id, credential_id, caller, address, request_id, 'other', object, before, after)::text, 'UTF8'))`;
  const tamperings: ((id: number) => string[])[] = [
    (id) => [`update audit_events set object = overlay(object placing 'x' from 2 for 1) where id = ${id}`],
    (id) => [`update audit_events set after = '{"priority": -1}' where id = ${id}`],
    (id) => [`update audit_events set at = at + interval '1 microsecond' where id = ${id}`],
    (id) => [`update audit_events set hash = set_byte(hash, 7, get_byte(hash, 7) # 1) where id = ${id}`],
    (id) => [`update audit_events set action = 'other', hash = ${rehashed} where id = ${id}`],
    (id) => [`delete from audit_events where id = ${id}`],
    (id) => [`delete from audit_events where id >= ${id}`],
    (id) => [`update audit_events set chain = 99 where id = ${id}`],
    () => ["delete from audit_heads where chain = 1"],
    () => ["update audit_heads set seq = seq - 1 where chain = 1"],
  ];
  test("shows every tampering, and where: 100 of 100", async () => {
    let found = 0;
    for (let i = 0; i < 100; i++) {
      const id = randomInt(1, eventsCount + 1);
      const which = i % tamperings.length;
      const verdict = await tamper(tamperings[which]!(id));
      if (verdict.whole) continue;
      found += 1;
      if (which < 4) expect(verdict.brokenAt).toMatchObject({ seq: id });
    }
    expect(found).toBe(100);
  });

  test("that was cut off together with its head, or made anew, is shown by an anchor kept elsewhere", async () => {
    const before = await verifyAudit(cloud.database.pool);
    if (!before.whole) throw new Error("the trail is broken");
    expect(await verifyAudit(cloud.database.pool, before.heads)).toMatchObject({ whole: true });
    const cut = [
      "delete from audit_events where seq > 30",
      "update audit_heads h set seq = 30, hash = e.hash from audit_events e where e.chain = h.chain and e.seq = 30",
    ];
    expect(await tamper(cut)).toMatchObject({ whole: true, events: 30 });
    expect(await tamper(cut, before.heads)).toMatchObject({ whole: false, brokenAt: { chain: 1, seq: 31 } });
    const anew = [
      "create temporary table kept on commit drop as select * from audit_events",
      "delete from audit_events",
      "update audit_heads set seq = 0, hash = sha256('')",
      "alter table audit_events enable trigger audit_events_are_chained",
      `insert into audit_events (user_id, caller, action, object)
         select user_id, caller, 'other', object from kept order by id`,
    ];
    expect(await tamper(anew)).toMatchObject({ whole: true, events: eventsCount });
    expect(await tamper(anew, before.heads)).toMatchObject({ whole: false });
  });

  test("is read by administrators page by page, by who, what and when", async () => {
    const { login } = await addAdministrator(cloud);
    const ids: number[] = [];
    let cursor: string | null | undefined;
    while (cursor !== null) {
      const query = { user_id: 1, action: "user", limit: 7, ...(cursor ? { cursor } : {}) };
      const page: { events: AuditEvent[]; next_cursor: string | null } = await call(listEvents, login, {
        query,
      });
      ids.push(...page.events.map(({ event_id }) => event_id));
      cursor = page.next_cursor;
    }
    expect(ids).toHaveLength(eventsCount / 2);
    expect(ids).toEqual(ids.toSorted((a, b) => b - a));
    const count = async (query: object) => (await call(listEvents, login, { query })).events.length;
    expect(await count({ object: "user:7" })).toBe(1);
    expect(await count({ since: "2099-01-01T00:00:00Z" })).toBe(0);
    expect(await count({ until: "2000-01-01T00:00:00+07:00" })).toBe(0);
    const wrong = { cursor: Buffer.from('["users","1"]').toString("base64url") };
    for (const query of [wrong, { cursor: "%" }, { since: "0000-01-01T00:00:00Z" }]) {
      expect(await codeOf(call(listEvents, login, { query }))).toBe("invalid_request");
    }
  });

  test("is verified while others add to it", async () => {
    const seen = await Promise.all(
      Array.from({ length: 10 }, async (_, i) => {
        await recordChange(
          cloud.database.pool,
          { ...actor, userId: 20 + i },
          { action: "x.y", object: `x:${i}` },
        );
        return (await verifyAudit(cloud.database.pool)).whole;
      }),
    );
    expect(seen).toEqual(Array(10).fill(true));
  });
});
