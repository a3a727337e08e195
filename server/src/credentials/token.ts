import { type ListedToken, Problem, type Token, type TokenUsage } from "@corbenic/protocol";
import type pg from "pg";
import type { Actor } from "../audit/actor.ts";
import { recordChange } from "../audit/audit-store.ts";
import { changedFields } from "../audit/changed-fields.ts";
import { inTransaction } from "../database/transaction.ts";
import { violates } from "../database/violation.ts";
import { issueCredential, type Principal } from "./credentials.ts";
import { hashSecret, isSecret } from "./secret.ts";
import * as store from "./token-store.ts";

/** Whose tokens the caller looks at and ends: a job token itself only, an administrator everybody's. */
export function reachOf({ kind, userId, credentialId }: Principal): store.TokenReach {
  return { userId: kind === "admin" ? null : userId, tokenId: kind === "job_token" ? credentialId : null };
}

/** Whose tokens the caller changes: nobody gives more to another account's. */
export function ownReach({ userId }: Principal): store.TokenReach {
  return { userId, tokenId: null };
}

const seen = (row: store.TokenRow) => ({
  label: row.label,
  user_id: row.user_id,
  priority: row.priority,
  platforms: row.platforms,
  shots_max: row.shots_max,
  jobs_max: row.jobs_max,
  read_only: row.read_only,
  count: row.uses,
  created_date: row.created_at.toISOString(),
  expiration_date: row.expires_at?.toISOString() ?? null,
  last_used_time: row.last_used_at?.toISOString() ?? null,
  last_used_address: row.last_used_address,
  is_revoked: row.is_revoked,
});

export function presentListed(row: store.TokenRow): ListedToken {
  return { id: row.id, key: row.shown_prefix, ...seen(row) };
}

export function present(row: store.TokenRow): Token {
  return {
    id: row.id,
    token: row.shown_prefix,
    ...seen(row),
    valid: row.valid,
    email: row.email,
    user_priority: row.user_priority,
    company_id: row.company_id,
    company_name: row.company_name,
    is_apikey: false,
    is_explorer_token: false,
    last_used_duration: row.last_used_s === null ? null : Math.round(row.last_used_s),
  };
}

/** @throws {Problem} `label_taken` or `priority_too_high` */
export async function generateToken(
  pool: pg.Pool,
  { principal, actor }: { principal: Principal; actor: Actor },
  token: store.TokenChange & { durationS: number },
): Promise<{ id: number; secret: string }> {
  checkPriority(principal, token.priority);
  return inTransaction(pool, async (client) => {
    const issued = await issueCredential(client, { kind: "job", userId: principal.userId, ...token });
    const created = await store.findToken(client, ownReach(principal), issued.id);
    await recordChange(client, actor, {
      action: "token.create",
      object: `token:${issued.id}`,
      after: described(created!),
    });
    return issued;
  }).catch(explainLabel(token.label));
}

/** @throws {Problem} `token_not_found`, `label_taken` or `priority_too_high` */
export async function changeToken(
  pool: pg.Pool,
  { principal, actor }: { principal: Principal; actor: Actor },
  id: number,
  change: store.TokenChange,
): Promise<void> {
  checkPriority(principal, change.priority);
  await inTransaction(pool, async (client) => {
    const reach = ownReach(principal);
    await store.lockTokens(client, reach, { ids: [id] });
    const before = await store.findToken(client, reach, id);
    if (before === undefined) throw tokenNotFound(id);
    await store.updateToken(client, id, change);
    const after = await store.findToken(client, reach, id);
    const changed = changedFields(described(before), described(after!));
    if (changed)
      await recordChange(client, actor, { action: "token.update", object: `token:${id}`, ...changed });
  }).catch(explainLabel(change.label));
}

/** A token named by itself or by its id. */
export interface TokenName {
  readonly token?: string | undefined;
  readonly token_id?: number | string | undefined;
}

/** Revokes a token, or makes it good again. Doing so twice is no error. @throws {Problem} `unknown_tokens` */
export async function setRevoked(
  pool: pg.Pool,
  actor: Actor,
  reach: store.TokenReach,
  name: TokenName,
  revoked: boolean,
): Promise<void> {
  await inTransaction(pool, async (client) => {
    const [token] = await store.lockTokens(
      client,
      reach,
      name.token === undefined ? { ids: [Number(name.token_id)] } : { hashes: hashesOf([name.token]) },
    );
    if (token === undefined)
      throw unknownTokens(name.token === undefined ? { token_ids: [name.token_id] } : {});
    await store.setRevoked(client, token.id, revoked);
    const action = revoked ? "token.revoke" : "token.reopen";
    await recordChange(client, actor, { action, object: `token:${token.id}` });
  });
}

/** Deletes all of the tokens, or none when one of them is unknown. @throws {Problem} `unknown_tokens` */
export async function deleteTokens(
  pool: pg.Pool,
  actor: Actor,
  reach: store.TokenReach,
  named: { ids: readonly number[] } | { secrets: readonly string[] },
): Promise<number> {
  return inTransaction(pool, async (client) => {
    const found = await store.lockTokens(
      client,
      reach,
      "ids" in named ? named : { hashes: hashesOf(named.secrets) },
    );
    if ("ids" in named) {
      const unknown = named.ids.filter((id) => !found.some((token) => token.id === id));
      if (unknown.length > 0) throw unknownTokens({ token_ids: unknown });
    } else {
      // Only where they stand: a secret is not sent back.
      const unknown = named.secrets.flatMap((secret, place) =>
        found.some(({ hash }) => hash.equals(hashSecret(secret))) ? [] : [place],
      );
      if (unknown.length > 0) throw unknownTokens({ places: unknown });
    }
    await store.markTokensDeleted(
      client,
      found.map(({ id }) => id),
    );
    for (const { id } of found)
      await recordChange(client, actor, { action: "token.delete", object: `token:${id}` });
    return found.length;
  });
}

/** Gathers the rows of each token. @throws {Problem} `unknown_tokens` when one that was asked for is not there */
export function presentUsage(rows: readonly store.UsageRow[], ids: readonly number[] | null): TokenUsage[] {
  const byToken = Map.groupBy(rows, ({ token_id }) => token_id);
  const unknown = ids?.filter((id) => !byToken.has(id)) ?? [];
  if (unknown.length > 0) throw unknownTokens({ token_ids: unknown });
  return [...byToken].map(([token_id, usage]) => ({
    token_id,
    total_jobs: usage.reduce((total, { jobs }) => total + jobs, 0),
    usage: usage.flatMap(({ platform_name, jobs, duration_s }) =>
      platform_name === null
        ? []
        : {
            platform_name,
            nb_jobs: jobs,
            duration_seconds: Math.round(duration_s),
            credits: 0,
            free_credits: 0,
          },
    ),
  }));
}

export function tokenNotFound(id: number): Problem {
  return new Problem("token_not_found", `There is no job token ${id} of this account.`, {
    detail: { token_id: id },
  });
}

function unknownTokens(detail: Record<string, unknown>): Problem {
  return new Problem("unknown_tokens", "No such job token belongs to this account.", { detail });
}

function hashesOf(secrets: readonly string[]): Buffer[] {
  return secrets.filter(isSecret).map(hashSecret);
}

/** What the audit trail keeps of a token. */
function described({
  label,
  priority,
  platforms,
  shots_max,
  jobs_max,
  read_only,
  expires_at,
}: store.TokenRow) {
  return {
    label,
    priority,
    platforms,
    shots_max,
    jobs_max,
    read_only,
    expires_at: expires_at?.toISOString() ?? null,
  };
}

function checkPriority({ priority: most }: Principal, priority: number | null | undefined): void {
  if (priority === null || priority === undefined || priority <= most) return;
  throw new Problem(
    "priority_too_high",
    `A token's priority may not be above the account's: ${priority} is asked for, ${most} is allowed.`,
    { detail: { priority, allowed: most } },
  );
}

function explainLabel(label: string | undefined): (error: unknown) => never {
  return (error) => {
    if (!violates(error, "credentials_label")) throw error;
    throw new Problem("label_taken", `Label already exists: ${label}`, { detail: { label } });
  };
}
