import type { Queryable } from "../database/database.ts";
import type { CredentialKind } from "./secret.ts";

export interface CredentialRow {
  readonly id: number;
  readonly kind: CredentialKind;
  readonly user_id: number;
  readonly is_admin: boolean;
  readonly priority: number;
}

/** The credential with this hash, unless it has expired or been revoked. */
export async function findLiveCredential(db: Queryable, hash: Buffer): Promise<CredentialRow | undefined> {
  const { rows } = await db.query<CredentialRow>(
    `select c.id, c.kind, c.user_id, u.is_admin, u.priority
       from credentials c join users u on u.id = c.user_id
      where c.hash = $1
        and c.revoked_at is null
        and (c.expires_at is null or c.expires_at > clock_timestamp())`,
    [hash],
  );
  return rows[0];
}

export interface NewCredential {
  readonly kind: CredentialKind;
  readonly hash: Buffer;
  readonly label: string;
  readonly userId: number;
  /** Seconds it lives; absent for one that lives until revoked. */
  readonly durationS?: number;
}

export async function insertCredential(db: Queryable, credential: NewCredential): Promise<number> {
  const { rows } = await db.query<{ id: number }>(
    `insert into credentials (kind, hash, label, user_id, expires_at)
     values ($1, $2, $3, $4, clock_timestamp() + make_interval(secs => $5))
     returning id`,
    [credential.kind, credential.hash, credential.label, credential.userId, credential.durationS ?? null],
  );
  return rows[0]!.id;
}

/** Lets a worker key take the jobs of a platform. */
export async function bindWorkerKey(db: Queryable, credentialId: number, platformId: string): Promise<void> {
  await db.query(
    `insert into worker_key_platforms (credential_id, platform_id) values ($1, $2) on conflict do nothing`,
    [credentialId, platformId],
  );
}
