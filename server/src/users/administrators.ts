import type pg from "pg";
import type { Actor } from "../audit/actor.ts";
import { recordChange } from "../audit/audit-store.ts";
import { inTransaction } from "../database/transaction.ts";
import { requireAnotherAdministrator } from "./last-administrator.ts";
import { lockUser, requireUser } from "./user.ts";
import * as store from "./user-store.ts";

/**
 * Grants the rights of an administrator, or withdraws them: from the next request of every credential on.
 * @throws {Problem} `user_not_found` or `last_administrator`
 */
export async function setAdministrator(
  pool: pg.Pool,
  actor: Actor,
  id: number,
  isAdmin: boolean,
): Promise<store.UserRow> {
  return inTransaction(pool, async (client) => {
    if (!isAdmin) await requireAnotherAdministrator(client, id);
    const before = await lockUser(client, id);
    await store.setAdministratorFlag(client, id, isAdmin);
    if (before.is_admin !== isAdmin) {
      const action = isAdmin ? "user.grant_administrator" : "user.withdraw_administrator";
      await recordChange(client, actor, {
        action,
        object: `user:${id}`,
        before: { is_admin: before.is_admin },
        after: { is_admin: isAdmin },
      });
    }
    return requireUser(client, id);
  });
}
