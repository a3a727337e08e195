import { Problem } from "@corbenic/protocol";
import type { Queryable } from "../database/database.ts";
import { drawSecret, hashSecret, isSecret } from "./secret.ts";

/** What a secret that is good once is for: the first administrator, or a forgotten password. */
export type Purpose = "bootstrap" | "password_reset";

const lifeS = 3600;

/** Draws a secret that is good once, within an hour. Earlier ones for the same thing are good no more. */
export async function offerSecret(
  client: Queryable,
  purpose: Purpose,
  userId: number | null,
): Promise<{ secret: string; expiresAt: Date }> {
  const secret = drawSecret("once");
  await client.query("delete from one_time_secrets where purpose = $1 and user_id is not distinct from $2", [
    purpose,
    userId,
  ]);
  const { rows } = await client.query<{ expires_at: Date }>(
    `insert into one_time_secrets (hash, purpose, user_id, expires_at)
     values ($1, $2, $3, clock_timestamp() + make_interval(secs => $4)) returning expires_at`,
    [hashSecret(secret), purpose, userId, lifeS],
  );
  return { secret, expiresAt: rows[0]!.expires_at };
}

/** Whom a secret is for, while it is good. It stays good. @throws {Problem} `secret_refused` */
export async function readSecret(db: Queryable, purpose: Purpose, secret: string): Promise<number | null> {
  const { rows } = await db.query<{ user_id: number | null }>(
    `select user_id from one_time_secrets
      where hash = $1 and purpose = $2 and expires_at > clock_timestamp()`,
    [isSecret(secret) ? hashSecret(secret) : null, purpose],
  );
  if (rows[0] === undefined) throw secretRefused();
  return rows[0].user_id;
}

/** Uses a secret up, in the transaction that does what it is for. @throws {Problem} `secret_refused` */
export async function useSecret(client: Queryable, purpose: Purpose, secret: string): Promise<void> {
  const { rowCount } = await client.query(
    "delete from one_time_secrets where hash = $1 and purpose = $2 and expires_at > clock_timestamp()",
    [hashSecret(secret), purpose],
  );
  if (rowCount !== 1) throw secretRefused();
}

export async function dropOldSecrets(db: Queryable): Promise<void> {
  await db.query("delete from one_time_secrets where expires_at < clock_timestamp()");
}

function secretRefused(): Problem {
  return new Problem("secret_refused", "The secret is not valid: it is unknown, used or expired.");
}
