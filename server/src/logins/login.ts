import { Problem } from "@corbenic/protocol";
import type pg from "pg";
import type { Services } from "../app.ts";
import type { Actor } from "../audit/actor.ts";
import { recordChange } from "../audit/audit-store.ts";
import { revokeCredential } from "../credentials/credential-store.ts";
import { issueCredential } from "../credentials/credentials.ts";
import { inTransaction } from "../database/transaction.ts";
import { hashPassword, isOutdated } from "../users/password.ts";
import { setPasswordHash } from "../users/user-store.ts";
import { beginAttempt, isRight } from "./attempt.ts";
import { rememberNetwork } from "./guard-store.ts";
import { findLogin, type LoginRow } from "./login-store.ts";

const loginS = 12 * 3600;
const idleS = 2 * 3600;

export interface Login {
  readonly token: string;
  readonly account: LoginRow;
  readonly expiresAt: Date;
}

/**
 * Gives a login token for a right password. A wrong one, an unknown email and a disabled account are refused alike,
 * and after as much work.
 * @throws {Problem} `login_refused`, `login_delayed` or `busy`
 */
export async function logIn(
  { db, clock }: Pick<Services, "db" | "clock">,
  actor: Actor,
  { email, password }: { email: string; password: string },
): Promise<Login> {
  const attempt = await beginAttempt(db, clock, { email, address: actor.address ?? "" });
  const account = await findLogin(db, email);
  const right = await isRight(attempt, account?.password_hash, password);
  if (account === undefined || !right || !account.enabled) throw loginRefused();
  const renewed = isOutdated(account.password_hash) ? await hashPassword(password) : undefined;

  return inTransaction(db, async (client) => {
    await attempt.succeed(client);
    await rememberNetwork(client, account.id, attempt.network, attempt.now);
    if (renewed !== undefined) await setPasswordHash(client, account.id, renewed);
    const label = `login from ${attempt.network}`;
    const issued = await issueCredential(client, {
      kind: "login",
      label,
      userId: account.id,
      durationS: loginS,
      idleS,
    });
    const who: Actor = { ...actor, kind: account.is_admin ? "admin" : "user", userId: account.id };
    await recordChange(
      client,
      { ...who, credentialId: issued.id },
      {
        action: "user.login",
        object: `user:${account.id}`,
      },
    );
    return { token: issued.secret, account, expiresAt: issued.expiresAt! };
  });
}

/** Ends the login whose token is used. */
export async function logOut(db: pg.Pool, actor: Actor): Promise<void> {
  await inTransaction(db, async (client) => {
    await revokeCredential(client, actor.credentialId!);
    await recordChange(client, actor, { action: "user.logout", object: `user:${actor.userId}` });
  });
}

function loginRefused(): Problem {
  return new Problem("login_refused", "The email or the password is not right, or the account is disabled.");
}
