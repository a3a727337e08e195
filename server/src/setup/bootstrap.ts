import { Problem } from "@corbenic/protocol";
import type pg from "pg";
import type { Actor } from "../audit/actor.ts";
import { recordChange } from "../audit/audit-store.ts";
import { offerSecret, readSecret, useSecret } from "../credentials/one-time-secret.ts";
import { inTransaction } from "../database/transaction.ts";
import { violates } from "../database/violation.ts";
import { hashPassword } from "../users/password.ts";
import { checkPassword } from "../users/password-rules.ts";
import { findAdministrator, insertUser } from "../users/user-store.ts";

/**
 * Draws the secret with which the first administrator of a public server is made, to be printed once. It is good
 * once and for an hour; starting the server again draws another.
 * @returns undefined when there is an administrator already
 */
export async function offerBootstrap(
  pool: pg.Pool,
): Promise<{ secret: string; expiresAt: Date } | undefined> {
  return inTransaction(pool, async (client) =>
    (await findAdministrator(client)) === undefined ? offerSecret(client, "bootstrap", null) : undefined,
  );
}

/** Makes the first administrator. @throws {Problem} `secret_refused`, `password_refused`, `email_taken` or `busy` */
export async function claimBootstrap(
  pool: pg.Pool,
  actor: Actor,
  { secret, email, password }: { secret: string; email: string; password: string },
): Promise<number> {
  await readSecret(pool, "bootstrap", secret);
  checkPassword(password, [email]);
  const passwordHash = await hashPassword(password);
  try {
    return await inTransaction(pool, async (client) => {
      await useSecret(client, "bootstrap", secret);
      const id = await insertUser(client, { email, passwordHash, isAdmin: true });
      await recordChange(client, actor, {
        action: "user.bootstrap",
        object: `user:${id}`,
        after: { email, is_admin: true },
      });
      return id;
    });
  } catch (error) {
    if (!violates(error, "users_email")) throw error;
    throw new Problem("email_taken", `Another account has the email ${email}.`, { detail: { email } });
  }
}
