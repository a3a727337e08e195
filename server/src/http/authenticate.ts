import { type Endpoint, Problem } from "@corbenic/protocol";
import { identify, type Principal } from "../credentials/credentials.ts";
import type { Queryable } from "../database/database.ts";

/** How long after a login an administrator may do what asks for a recent one. */
const recentS = 600;

/**
 * Finds who calls, and refuses kinds of principal that the endpoint does not name, logins that are too old for it,
 * and changes by a token that may only read.
 * @throws {Problem} `not_authenticated`, `not_allowed`, `login_not_recent` or `token_read_only`
 */
export async function authenticate(
  db: Queryable,
  endpoint: Endpoint,
  authorization: string | undefined,
): Promise<Principal | undefined> {
  if (endpoint.callers === "anyone") return undefined;
  const secret = /^Bearer +(\S+)$/i.exec(authorization ?? "")?.[1];
  if (secret === undefined) {
    throw new Problem("not_authenticated", "This operation needs a token in the Authorization header.");
  }
  const principal = await identify(db, secret);
  if (principal === undefined) {
    throw new Problem("not_authenticated", "The token is not valid: it is unknown, expired or revoked.");
  }
  if (!endpoint.callers.includes(principal.kind)) {
    throw new Problem("not_allowed", `A credential of kind ${principal.kind} may not call this operation.`, {
      detail: { kind: principal.kind, allowed: endpoint.callers },
    });
  }
  if (endpoint.recentLogin && principal.kind === "admin" && principal.ageS > recentS) {
    const minutes = Math.floor(principal.ageS / 60);
    throw new Problem(
      "login_not_recent",
      `This asks for a login of the last ${recentS / 60} minutes: the present one is ${minutes} minutes old.`,
      { detail: { allowed_s: recentS } },
    );
  }
  if (principal.scopes.readOnly && endpoint.method !== "GET") {
    throw new Problem("token_read_only", "This token may only read.");
  }
  return principal;
}
