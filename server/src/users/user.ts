import { Problem, type User, type UserChange } from "@corbenic/protocol";
import type pg from "pg";
import type { Actor } from "../audit/actor.ts";
import { recordChange } from "../audit/audit-store.ts";
import { changedFields } from "../audit/changed-fields.ts";
import { revokeCredentialsOf } from "../credentials/credential-store.ts";
import type { Queryable } from "../database/database.ts";
import { inTransaction } from "../database/transaction.ts";
import { violates } from "../database/violation.ts";
import { cancelJobsOf, resumeJobsOf, suspendJobsOf } from "../jobs/account-jobs-store.ts";
import { requirePlatforms } from "../permissions/permission.ts";
import { replacePermissions } from "../permissions/permission-store.ts";
import { requireAnotherAdministrator } from "./last-administrator.ts";
import * as store from "./user-store.ts";

export function present(row: store.UserRow): User {
  const { id, created_at, ...rest } = row;
  return { user_id: id, ...rest, created_at: created_at.toISOString() };
}

export function userNotFound(id: number): Problem {
  return new Problem("user_not_found", `There is no account ${id}.`, { detail: { user_id: id } });
}

/** @throws {Problem} `user_not_found` */
export async function requireUser(db: Queryable, id: number): Promise<store.UserRow> {
  const user = await store.findUser(db, id);
  if (user === undefined) throw userNotFound(id);
  return user;
}

/** The account, held until the transaction ends. @throws {Problem} `user_not_found` */
export async function lockUser(client: Queryable, id: number): Promise<store.UserRow> {
  const user = await store.lockUser(client, id);
  if (user === undefined) throw userNotFound(id);
  return user;
}

/** @throws {Problem} `email_taken`, `company_not_found` or `platform_not_found` */
export async function createUser(
  pool: pg.Pool,
  actor: Actor,
  user: store.NewUser & { platformIds: readonly string[] },
): Promise<store.UserRow> {
  try {
    return await inTransaction(pool, async (client) => {
      const id = await store.insertUser(client, user);
      await requirePlatforms(client, user.platformIds);
      await replacePermissions(client, id, user.platformIds);
      const created = await requireUser(client, id);
      await recordChange(client, actor, {
        action: "user.create",
        object: `user:${id}`,
        after: present(created),
      });
      return created;
    });
  } catch (error) {
    throw explain(error, user.email, user.companyId);
  }
}

/**
 * Changes an account all at once. Disabling it suspends its waiting jobs, enabling it lets them wait again.
 * @throws {Problem} `user_not_found`, `email_taken`, `administrator_protected`, `last_administrator`,
 *   `company_not_found` or `platform_not_found`
 */
export async function changeUser(
  pool: pg.Pool,
  actor: Actor,
  id: number,
  change: UserChange,
): Promise<{ user: store.UserRow; resumed: number }> {
  try {
    return await inTransaction(pool, async (client) => {
      if (change.enabled === false) await requireAnotherAdministrator(client, id);
      const before = await lockUser(client, id);
      if ((change.is_admin ?? before.is_admin) !== before.is_admin) throw administratorProtected();
      await store.updateUser(client, id, change);
      if (change.platform_ids !== undefined) {
        await requirePlatforms(client, change.platform_ids);
        await replacePermissions(client, id, change.platform_ids);
      }
      let resumed = 0;
      if (change.enabled !== undefined && change.enabled !== before.enabled) {
        await store.setEnabled(client, id, change.enabled);
        if (change.enabled) resumed = await resumeJobsOf(client, id);
        else await suspendJobsOf(client, id);
      }
      const user = await requireUser(client, id);
      const changed = changedFields(present(before), present(user));
      if (changed)
        await recordChange(client, actor, { action: "user.update", object: `user:${id}`, ...changed });
      return { user, resumed };
    });
  } catch (error) {
    throw explain(error, change.email, change.company_id);
  }
}

/** @throws {Problem} `user_not_found` or `administrator_protected` */
export async function deleteUser(
  pool: pg.Pool,
  actor: Actor,
  id: number,
): Promise<{ jobs: number; credentials: number }> {
  return inTransaction(pool, async (client) => {
    const before = await lockUser(client, id);
    if (before.is_admin) throw administratorProtected();
    await store.markDeleted(client, id);
    const credentials = await revokeCredentialsOf(client, id, ["login", "job", "worker"]);
    await replacePermissions(client, id, []);
    const jobs = await cancelJobsOf(client, id);
    await recordChange(client, actor, {
      action: "user.delete",
      object: `user:${id}`,
      before: present(before),
    });
    return { jobs, credentials };
  });
}

export function administratorProtected(): Problem {
  return new Problem(
    "administrator_protected",
    "Operations on accounts neither make nor delete an administrator, nor change who is one.",
  );
}

/** What an account's email or company made impossible, said in words. */
function explain(error: unknown, email: string | undefined, companyId: number | null | undefined): unknown {
  if (violates(error, "users_email")) {
    return new Problem("email_taken", `Another account has the email ${email}.`, { detail: { email } });
  }
  if (violates(error, "users_company_id_fkey")) {
    return new Problem("company_not_found", `There is no company ${companyId}.`, {
      detail: { company_id: companyId },
    });
  }
  return error;
}
