import type { Queryable } from "../database/database.ts";

/** A place in the chain that somebody has written down elsewhere. */
export interface AuditAnchor {
  readonly id: number;
  /** Hexadecimal. */
  readonly hash: string;
}

export type AuditVerdict =
  | { readonly whole: true; readonly events: number; readonly head: AuditAnchor }
  | { readonly whole: false; readonly brokenAt: number; readonly reason: string };

const eventsAtOnce = 5_000;

/**
 * Checks the chain of the audit trail from its first event to its head: an event that was changed, left out, put in
 * or cut off at the end breaks it. Whoever can rewrite the whole database can also make a new chain: an anchor that
 * was kept elsewhere shows that, too.
 */
export async function verifyAudit(db: Queryable, anchor?: AuditAnchor): Promise<AuditVerdict> {
  let last: AuditAnchor = { id: 0, hash: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" };
  let anchored = anchor === undefined || (anchor.id === 0 && anchor.hash === last.hash);
  for (;;) {
    const { rows } = await db.query<{ id: number; previous: string; hash: string; right: string }>(
      `select id::float8 as id, encode(previous_hash, 'hex') as previous, encode(hash, 'hex') as hash,
              encode(audit_hash(e), 'hex') as right
         from audit_events e where id > $1 order by id limit $2`,
      [last.id, eventsAtOnce],
    );
    for (const { id, previous, hash, right } of rows) {
      if (id !== last.id + 1) return broken(last.id + 1, "an event is missing");
      if (previous !== last.hash) return broken(id, "it does not follow the event before it");
      if (hash !== right) return broken(id, "it is not what was recorded");
      last = { id, hash };
      if (anchor?.id !== id) continue;
      if (anchor.hash !== hash) return broken(id, "it is not the event that the anchor was taken of");
      anchored = true;
    }
    if (rows.length < eventsAtOnce) break;
  }
  const { rows: heads } = await db.query<{ id: number; hash: string }>(
    "select last_id::float8 as id, encode(last_hash, 'hex') as hash from audit_head",
  );
  const head = heads[0];
  if (head === undefined) return broken(last.id + 1, "the head of the chain is missing");
  if (head.id !== last.id || head.hash !== last.hash)
    return broken(last.id + 1, "events were cut off at the end");
  if (!anchored) return broken(last.id + 1, "the chain does not reach the anchor");
  return { whole: true, events: last.id, head: last };
}

function broken(brokenAt: number, reason: string): AuditVerdict {
  return { whole: false, brokenAt, reason };
}
