import { type BodyOf, Problem, type updateSelf } from "@corbenic/protocol";
import type { Services } from "../app.ts";
import type { Actor } from "../audit/actor.ts";
import { recordChange } from "../audit/audit-store.ts";
import { changedFields } from "../audit/changed-fields.ts";
import type { Principal } from "../credentials/credentials.ts";
import type { Queryable } from "../database/database.ts";
import { inTransaction } from "../database/transaction.ts";
import { beginAttempt, isRight } from "../logins/attempt.ts";
import { revokeLogins } from "../logins/login-store.ts";
import { hashPassword } from "./password.ts";
import { checkPassword } from "./password-rules.ts";
import { lockUser, present, requireUser } from "./user.ts";
import * as store from "./user-store.ts";

interface Caller {
  readonly principal: Principal;
  readonly actor: Actor;
}

/**
 * Changes what people may change of their own account: names, and the password if they know the current one.
 * @throws {Problem} `current_password_refused`, `password_refused`, `login_delayed` or `busy`
 */
export async function changeSelf(
  services: Pick<Services, "db" | "clock">,
  caller: Caller,
  change: BodyOf<typeof updateSelf>,
): Promise<store.UserRow> {
  const { userId, credentialId } = caller.principal;
  const object = `user:${userId}`;
  const newPassword = await proveNewPassword(services, caller, change);
  return inTransaction(services.db, async (client) => {
    const before = await lockUser(client, userId);
    const { first_name, last_name } = change;
    await store.updateUser(client, userId, { first_name, last_name });
    if (newPassword !== undefined) {
      await newPassword.succeed(client);
      await store.setPasswordHash(client, userId, newPassword.hash);
      await revokeLogins(client, userId, credentialId);
      await recordChange(client, caller.actor, { action: "user.change_password", object });
    }
    const user = await requireUser(client, userId);
    const changed = changedFields(present(before), present(user));
    if (changed) await recordChange(client, caller.actor, { action: "user.update", object, ...changed });
    return user;
  });
}

/** The hash of the new password, once the current one was proved; undefined where none is to be set. */
async function proveNewPassword(
  { db, clock }: Pick<Services, "db" | "clock">,
  { principal, actor }: Caller,
  { password, current_password: current }: BodyOf<typeof updateSelf>,
): Promise<{ hash: string; succeed: (client: Queryable) => Promise<void> } | undefined> {
  if (password === undefined) return undefined;
  const refused = () =>
    new Problem("current_password_refused", "A new password needs the current one, and this is not it.");
  if (current === undefined) throw refused();
  const user = await requireUser(db, principal.userId);
  checkPassword(password, [user.email, user.first_name, user.last_name]);
  const attempt = await beginAttempt(db, clock, { email: user.email, address: actor.address ?? "" });
  if (!(await isRight(attempt, await store.findPasswordHash(db, user.id), current))) throw refused();
  return { hash: await hashPassword(password), succeed: attempt.succeed };
}
