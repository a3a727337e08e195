import type { CallerKind } from "@corbenic/protocol";
import type { Queryable } from "../database/database.ts";
import { findLiveCredential, insertCredential, type NewCredential } from "./credential-store.ts";
import { drawSecret, hashSecret, isSecret, shownPrefixOf } from "./secret.ts";

/** What a token may do of what its account may; null where it is not narrower than the account. */
export interface Scopes {
  /** Names or patterns such as `sim:*`. */
  readonly platforms: readonly string[] | null;
  /** Shots of one job. */
  readonly shotsMax: number | null;
  /** Jobs that may be submitted with it, in all. */
  readonly jobsMax: number | null;
  readonly readOnly: boolean;
}

/** Who calls: the account behind a credential, or the worker that a key stands for. */
export interface Principal {
  readonly kind: CallerKind;
  readonly credentialId: number;
  readonly userId: number;
  readonly companyId: number | null;
  /** What its jobs get: the lower of the account's and the token's. */
  readonly priority: number;
  readonly scopes: Scopes;
  /** Seconds since the credential was issued: for a login, since somebody gave the password. */
  readonly ageS: number;
}

/** The principal that a secret stands for at this moment, read anew for every request. */
export async function identify(db: Queryable, secret: string): Promise<Principal | undefined> {
  if (!isSecret(secret)) return undefined;
  const row = await findLiveCredential(db, hashSecret(secret));
  if (row === undefined) return undefined;
  const kind =
    row.kind === "worker" ? "worker" : row.kind === "job" ? "job_token" : row.is_admin ? "admin" : "user";
  return {
    kind,
    credentialId: row.id,
    userId: row.user_id,
    companyId: row.company_id,
    priority: row.priority,
    ageS: row.age_s,
    scopes: {
      platforms: row.platforms,
      shotsMax: row.shots_max,
      jobsMax: row.jobs_max,
      readOnly: row.read_only,
    },
  };
}

/**
 * Issues a credential, labeled by its first characters unless a label is given. The secret is known to whoever
 * asked, and to nobody afterwards.
 */
export async function issueCredential(
  db: Queryable,
  credential: Omit<NewCredential, "hash" | "shownPrefix" | "label"> & { readonly label?: string | undefined },
): Promise<{ id: number; secret: string; expiresAt: Date | null }> {
  for (;;) {
    const secret = drawSecret(credential.kind);
    const shownPrefix = shownPrefixOf(secret);
    const named = {
      ...credential,
      label: credential.label ?? shownPrefix,
      hash: hashSecret(secret),
      shownPrefix,
    };
    const inserted = await insertCredential(db, named, { labelFree: credential.label === undefined });
    // Among thousands of tokens two may begin alike.
    if (inserted !== undefined) return { id: inserted.id, secret, expiresAt: inserted.expires_at };
  }
}
