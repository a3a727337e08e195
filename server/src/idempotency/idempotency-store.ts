import type { Queryable } from "../database/database.ts";

export interface KeyedRequest {
  readonly userId: number;
  readonly key: string;
  /** SHA-256 of the request. */
  readonly hash: Buffer;
}

/** The job that the account made under this key, with what it asked for then. */
export async function findKeyedJob(
  db: Queryable,
  { userId, key }: Pick<KeyedRequest, "userId" | "key">,
): Promise<{ readonly job_id: string; readonly request_hash: Buffer } | undefined> {
  const { rows } = await db.query<{ job_id: string; request_hash: Buffer }>(
    "select job_id, request_hash from idempotency_keys where user_id = $1 and key = $2",
    [userId, key],
  );
  return rows[0];
}

export async function insertKeyedJob(db: Queryable, request: KeyedRequest, jobId: string): Promise<void> {
  await db.query(
    "insert into idempotency_keys (user_id, key, request_hash, job_id) values ($1, $2, $3, $4)",
    [request.userId, request.key, request.hash, jobId],
  );
}

/** Forgets keys older than they are promised to be kept. @returns how many */
export async function reapKeys(db: Queryable, keepMs: number, most = 10_000): Promise<number> {
  const { rowCount } = await db.query(
    `delete from idempotency_keys where (user_id, key) in (
       select user_id, key from idempotency_keys
        where created_at < clock_timestamp() - make_interval(secs => $1::float8 / 1000)
        order by created_at limit $2 for update skip locked)`,
    [keepMs, most],
  );
  return rowCount ?? 0;
}
