import type pg from "pg";
import type { Actor } from "../audit/actor.ts";
import { recordChange } from "../audit/audit-store.ts";
import { offerSecret, readSecret, useSecret } from "../credentials/one-time-secret.ts";
import { inTransaction } from "../database/transaction.ts";
import { hashPassword } from "../users/password.ts";
import { checkPassword } from "../users/password-rules.ts";
import { lockUser, requireUser } from "../users/user.ts";
import { setPasswordHash } from "../users/user-store.ts";
import { revokeLogins } from "./login-store.ts";

/** Draws the secret with which somebody sets a new password. @throws {Problem} `user_not_found` */
export async function offerPasswordReset(
  pool: pg.Pool,
  actor: Actor,
  userId: number,
): Promise<{ secret: string; expiresAt: Date }> {
  return inTransaction(pool, async (client) => {
    await lockUser(client, userId);
    const offered = await offerSecret(client, "password_reset", userId);
    await recordChange(client, actor, { action: "user.offer_password_reset", object: `user:${userId}` });
    return offered;
  });
}

/**
 * Sets the password of the account that the secret is for, and ends its logins.
 * @throws {Problem} `secret_refused`, `password_refused` or `busy`
 */
export async function resetPassword(
  pool: pg.Pool,
  actor: Actor,
  { secret, password }: { secret: string; password: string },
): Promise<void> {
  const userId = await readSecret(pool, "password_reset", secret);
  const user = await requireUser(pool, userId!);
  checkPassword(password, [user.email, user.first_name, user.last_name]);
  const passwordHash = await hashPassword(password);
  await inTransaction(pool, async (client) => {
    await useSecret(client, "password_reset", secret);
    await setPasswordHash(client, user.id, passwordHash);
    await revokeLogins(client, user.id, null);
    await recordChange(
      client,
      { ...actor, userId: user.id },
      {
        action: "user.reset_password",
        object: `user:${user.id}`,
      },
    );
  });
}
