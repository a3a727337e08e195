import { createHash } from "node:crypto";
import type { Queryable } from "../database/database.ts";

/** The last event of a chain at some moment. Kept outside the database it is an anchor. */
export interface AuditHead {
  readonly chain: number;
  readonly seq: number;
  /** Hexadecimal. */
  readonly hash: string;
}

/** Where a chain is broken. */
export interface Break {
  readonly chain: number;
  readonly seq: number;
  /** The event's, or null where there should be one and is none. */
  readonly id: number | null;
  readonly reason: string;
}

export type AuditVerdict =
  | { readonly whole: true; readonly events: number; readonly heads: readonly AuditHead[] }
  | { readonly whole: false; readonly brokenAt: Break };

interface LinkRow {
  readonly id: number;
  readonly chain: number;
  readonly seq: number;
  readonly record: string;
  readonly previous: string;
  readonly hash: string;
}

/** What the hash of an event covers besides the hash before it. The same stands in `chain_audit_event`. */
const record = `jsonb_build_array(id, chain, seq, extract(epoch from at), user_id, credential_id, caller,
                                  address, request_id, action, object, before, after)::text`;

/** As many as the migration makes heads of. */
const chains = 16;
const eventsAtOnce = 2_000;
const beginning = createHash("sha256").digest("hex");

/**
 * Follows every chain of the audit trail from its first event to its head, and computes each hash anew: an event
 * that was changed, put in, left out or cut off at the end breaks its chain. Whoever may rewrite the whole database
 * could make new chains: anchors, which are earlier heads kept elsewhere, show that too.
 */
export async function verifyAudit(db: Queryable, anchors: readonly AuditHead[] = []): Promise<AuditVerdict> {
  const heads = await listHeads(db);
  let events = 0;
  for (let chain = 0; chain < chains; chain++) {
    const head = heads.find((known) => known.chain === chain);
    if (head === undefined) return broken({ chain, seq: 1, id: null, reason: "its chain has no head" });
    const noted = [head, ...anchors.filter((anchor) => anchor.chain === chain)];
    const found = await findBreak(db, head, noted);
    if (found !== undefined) return broken(found);
    events += head.seq;
  }
  const stray = await findStrayEvent(db);
  return stray === undefined ? { whole: true, events, heads } : broken(stray);
}

function broken(brokenAt: Break): AuditVerdict {
  return { whole: false, brokenAt };
}

/** Follows a chain up to its head; events that were added meanwhile are left for the next time. */
async function findBreak(
  db: Queryable,
  { chain, seq: end }: AuditHead,
  noted: readonly AuditHead[],
): Promise<Break | undefined> {
  const notedAt = Map.groupBy(noted, ({ seq }) => seq);
  let last = { seq: 0, hash: beginning };
  while (last.seq < end) {
    const links = await listLinks(db, chain, last.seq, end);
    for (const { id, seq, previous, hash, record } of links) {
      if (seq !== last.seq + 1) break;
      if (previous !== last.hash) return { chain, seq, id, reason: "it does not follow the one before it" };
      if (hash !== hashOf(previous, record))
        return { chain, seq, id, reason: "it is not as it was recorded" };
      if (notedAt.get(seq)?.some((head) => head.hash !== hash)) {
        return { chain, seq, id, reason: "it is not the one that was noted as the last" };
      }
      last = { seq, hash };
    }
    const missing = last.seq + 1;
    if (links.at(-1)?.seq !== last.seq) return { chain, seq: missing, id: null, reason: "it is missing" };
  }
  const beyond = noted.find(({ seq }) => seq > end);
  return beyond && { chain, seq: end + 1, id: null, reason: "it was cut off at the end" };
}

function hashOf(previous: string, record: string): string {
  return createHash("sha256").update(previous, "hex").update(record).digest("hex");
}

/** Where each chain ends at this moment. */
export async function listHeads(db: Queryable): Promise<AuditHead[]> {
  const { rows } = await db.query<AuditHead>(
    "select chain, seq::float8 as seq, encode(hash, 'hex') as hash from audit_heads order by chain",
  );
  return rows;
}

async function listLinks(db: Queryable, chain: number, after: number, end: number): Promise<LinkRow[]> {
  const { rows } = await db.query<LinkRow>(
    `select id::float8 as id, chain, seq::float8 as seq, encode(previous_hash, 'hex') as previous,
            encode(hash, 'hex') as hash, ${record} as record
       from audit_events where chain = $1 and seq > $2 and seq <= $3 order by seq limit $4`,
    [chain, after, end, eventsAtOnce],
  );
  return rows;
}

/** An event that no chain leads to. */
async function findStrayEvent(db: Queryable): Promise<Break | undefined> {
  const { rows } = await db.query<Break>(
    `select e.chain, e.seq::float8 as seq, e.id::float8 as id, 'no chain leads to it' as reason
       from audit_events e left join audit_heads h on h.chain = e.chain
      where h.chain is null or e.seq > h.seq or e.seq < 1 or e.chain not between 0 and $1
      order by e.chain, e.seq limit 1`,
    [chains - 1],
  );
  return rows[0];
}
