import { dropOldSecrets } from "../credentials/one-time-secret.ts";
import type { Queryable } from "../database/database.ts";
import { dropOldGuards } from "../logins/guard-store.ts";
import { dropOldLogins } from "../logins/login-store.ts";
import { type DutyOptions, startDuty } from "./duty.ts";

/** Clears away what has no effect any more: guards of logins, one-time secrets and logins that are long over. */
export function startAccountSweeper(db: Queryable, options: Omit<DutyOptions, "name">): () => Promise<void> {
  const sweep = async () => {
    await dropOldGuards(db);
    await dropOldSecrets(db);
    await dropOldLogins(db);
  };
  return startDuty(sweep, { ...options, name: "clearing away what is over" });
}
