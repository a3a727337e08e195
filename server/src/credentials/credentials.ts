import type { CallerKind } from "@corbenic/protocol";
import type { Queryable } from "../database/database.ts";
import { findLiveCredential, insertCredential, type NewCredential } from "./credential-store.ts";
import { drawSecret, hashSecret, isSecret } from "./secret.ts";

/** Who calls: the account behind a credential, or the worker that a key stands for. */
export interface Principal {
  readonly kind: CallerKind;
  readonly credentialId: number;
  readonly userId: number;
  /** The account's, and the upper bound of what its jobs get. */
  readonly priority: number;
}

/** The principal that a secret stands for at this moment, read anew for every request. */
export async function identify(db: Queryable, secret: string): Promise<Principal | undefined> {
  if (!isSecret(secret)) return undefined;
  const row = await findLiveCredential(db, hashSecret(secret));
  if (row === undefined) return undefined;
  const kind =
    row.kind === "worker" ? "worker" : row.kind === "job" ? "job_token" : row.is_admin ? "admin" : "user";
  return { kind, credentialId: row.id, userId: row.user_id, priority: row.priority };
}

/** Issues a credential. The secret is known to whoever asked, and to nobody afterwards. */
export async function issueCredential(
  db: Queryable,
  credential: Omit<NewCredential, "hash">,
): Promise<{ id: number; secret: string }> {
  const secret = drawSecret(credential.kind);
  return { id: await insertCredential(db, { ...credential, hash: hashSecret(secret) }), secret };
}
