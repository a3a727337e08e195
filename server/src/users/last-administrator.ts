import { Problem } from "@corbenic/protocol";
import type { Queryable } from "../database/database.ts";
import { lockAdministrators } from "./user-store.ts";

/**
 * Holds all administrators until the transaction ends, and refuses if the account is the only enabled one. It comes
 * first in each transaction that takes an administrator away, before any other lock.
 * @throws {Problem} `last_administrator`
 */
export async function requireAnotherAdministrator(client: Queryable, id: number): Promise<void> {
  const administrators = await lockAdministrators(client);
  if (administrators.length === 1 && administrators[0] === id) {
    throw new Problem(
      "last_administrator",
      "This is the only enabled administrator, without whom nobody could manage the cloud.",
      { detail: { user_id: id } },
    );
  }
}
