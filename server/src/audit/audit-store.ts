import type { Queryable } from "../database/database.ts";
import type { Actor } from "./actor.ts";

export interface Change {
  /** A noun and what happened to it, such as `platform.update`. */
  readonly action: string;
  /** A noun and its id, such as `platform:3f0f1c1e-…`. */
  readonly object: string;
  /** What was there, and what is there now: of a change, the fields that differ. Never a secret. */
  readonly before?: unknown;
  readonly after?: unknown;
}

/**
 * Adds an event to the audit trail. To be called in the transaction that makes the change, as its last statement:
 * until that has ended, whoever adds another event of the same account waits, and one account in sixteen.
 */
export async function recordChange(client: Queryable, actor: Actor, change: Change): Promise<void> {
  await client.query(
    `insert into audit_events (user_id, credential_id, caller, address, request_id, action, object, before, after)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      actor.userId,
      actor.credentialId,
      actor.kind,
      actor.address,
      actor.requestId,
      change.action,
      change.object,
      change.before === undefined ? null : JSON.stringify(change.before),
      change.after === undefined ? null : JSON.stringify(change.after),
    ],
  );
}

export interface AuditEventRow {
  readonly id: number;
  readonly at: Date;
  readonly user_id: number | null;
  readonly email: string | null;
  readonly caller: string;
  readonly credential_id: number | null;
  readonly address: string | null;
  readonly request_id: string | null;
  readonly action: string;
  readonly object: string;
  readonly before: unknown;
  readonly after: unknown;
}

export interface AuditFilter {
  readonly action?: string | undefined;
  readonly object?: string | undefined;
  readonly userId?: number | undefined;
  readonly since?: Date | undefined;
  readonly until?: Date | undefined;
  /** Only events older than the one of this id. */
  readonly beforeId?: number | undefined;
  readonly limit: number;
}

/** The newest events first. */
export async function listAuditEvents(db: Queryable, filter: AuditFilter): Promise<AuditEventRow[]> {
  const { rows } = await db.query<AuditEventRow>(
    `select e.id::float8 as id, e.at, e.user_id, u.email, e.caller, e.credential_id, e.address, e.request_id, e.action, e.object,
            e.before, e.after
       from audit_events e left join users u on u.id = e.user_id
      where ($1::text is null or e.action = $1 or starts_with(e.action, $1 || '.'))
        and ($2::text is null or e.object = $2)
        and ($3::int is null or e.user_id = $3)
        and ($4::timestamptz is null or e.at >= $4)
        and ($5::timestamptz is null or e.at < $5)
        and ($6::bigint is null or e.id < $6)
      order by e.id desc limit $7`,
    [
      filter.action ?? null,
      filter.object ?? null,
      filter.userId ?? null,
      filter.since ?? null,
      filter.until ?? null,
      filter.beforeId ?? null,
      filter.limit,
    ],
  );
  return rows;
}
