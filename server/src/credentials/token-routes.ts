import * as protocol from "@corbenic/protocol";
import { Problem } from "@corbenic/protocol";
import type { Services } from "../app.ts";
import { readInstant } from "../http/instant.ts";
import { type Route, route } from "../http/route.ts";
import { requireUser } from "../users/user.ts";
import * as tokens from "./token.ts";
import * as store from "./token-store.ts";

const defaultDurationS = 30 * 86_400;

/** Each operation under all of the paths that clients know it by. */
export function tokenRoutes({ db }: Services): Route[] {
  const generate = (endpoint: typeof protocol.generateToken) =>
    route(endpoint, async ({ principal, actor, body }) => {
      if ((body.user_id ?? principal.userId) !== principal.userId) {
        throw new Problem("not_allowed", "Nobody generates a token of another account: its owner does.");
      }
      const durationS = body.duration ?? defaultDurationS;
      const { id, secret } = await tokens.generateToken(
        db,
        { principal, actor },
        { ...asChange(body), durationS },
      );
      return { token: secret, token_id: id, duration: durationS };
    });

  const list = (endpoint: typeof protocol.listTokens) =>
    route(endpoint, async ({ principal, query }) => {
      const userId = query.all === true ? null : (query.user_id ?? principal.userId);
      if (principal.kind !== "admin" && userId !== principal.userId) {
        throw new Problem("not_allowed", "Only administrators list the tokens of other accounts.");
      }
      if (userId !== null) await requireUser(db, userId);
      const rows = await store.listTokens(db, {
        userId,
        includeExpired: query.include_expired ?? true,
        includeRevoked: query.include_revoked ?? true,
        limit: query.limit ?? 1000,
        offset: query.offset ?? 0,
      });
      return rows.map(tokens.presentListed);
    });

  const read = (endpoint: typeof protocol.getToken) =>
    route(endpoint, async ({ principal, params: { token_id: id } }) => {
      const row = await store.findToken(db, tokens.reachOf(principal), id);
      if (row === undefined) throw tokens.tokenNotFound(id);
      return tokens.present(row);
    });

  const update = (endpoint: typeof protocol.updateToken) =>
    route(endpoint, async ({ principal, actor, params, body }) => {
      await tokens.changeToken(db, { principal, actor }, params.token_id, asChange(body));
      return { message: "ok" };
    });

  const revoke = (endpoint: typeof protocol.revokeToken) =>
    route(endpoint, async ({ principal, actor, body }) => {
      await tokens.setRevoked(db, actor, tokens.reachOf(principal), body, true);
      return { message: "ok" };
    });

  const reopen = (endpoint: typeof protocol.reopenToken) =>
    route(endpoint, async ({ principal, actor, body }) => {
      await tokens.setRevoked(db, actor, tokens.ownReach(principal), body, false);
      return { message: "ok" };
    });

  const deleteByIds = (endpoint: typeof protocol.deleteTokensByIds) =>
    route(endpoint, async ({ principal, actor, body }) => {
      await tokens.deleteTokens(db, actor, tokens.reachOf(principal), { ids: body.token_ids });
      return { message: "ok" };
    });

  const deleteByKeys = (endpoint: typeof protocol.deleteTokensByKeys) =>
    route(endpoint, async ({ principal, actor, body }) => {
      await tokens.deleteTokens(db, actor, tokens.reachOf(principal), { secrets: body.tokens });
      return { message: "ok" };
    });

  const reportUsage = (endpoint: typeof protocol.getTokenUsage) =>
    route(endpoint, async ({ principal, query }) => {
      const ids = readIds(query.token_ids);
      const rows = await store.reportUsage(db, usageReach(principal, ids), {
        ids,
        since: readInstant(query.start_time, "query.start_time"),
        until: readInstant(query.end_time, "query.end_time"),
      });
      return tokens.presentUsage(rows, ids);
    });

  return [
    ...[protocol.generateToken, protocol.generateTokenAuth, protocol.generateTokenOld].map(generate),
    ...[protocol.listTokens, protocol.listTokensAuth].map(list),
    reportUsage(protocol.getTokenUsage),
    ...[protocol.getToken, protocol.getTokenAuth, protocol.getTokenOld].map(read),
    ...[protocol.updateToken, protocol.updateTokenAuth].map(update),
    ...[protocol.revokeToken, protocol.revokeTokenAuth, protocol.revokeTokenOld].map(revoke),
    ...[protocol.reopenToken, protocol.reopenTokenAuth].map(reopen),
    ...[protocol.deleteTokensByIds, protocol.deleteTokensByIdsAuth].map(deleteByIds),
    ...[protocol.deleteTokensByKeys, protocol.deleteTokensByKeysAuth, protocol.deleteTokensByKeysOld].map(
      deleteByKeys,
    ),
  ];
}

/** An administrator who names no token asks about their own. */
function usageReach(principal: Parameters<typeof tokens.reachOf>[0], ids: readonly number[] | null) {
  return ids === null && principal.kind === "admin" ? tokens.ownReach(principal) : tokens.reachOf(principal);
}

function readIds(given: string | readonly string[] | undefined): number[] | null {
  const found = (Array.isArray(given) ? given.join(",") : String(given ?? "")).match(/\d+/g);
  return found === null ? null : found.map(Number);
}

function asChange(body: protocol.BodyOf<typeof protocol.updateToken>): store.TokenChange {
  return {
    label: body.label ?? undefined,
    priority: body.priority,
    platforms: body.platforms,
    shotsMax: body.shots_max,
    jobsMax: body.jobs_max,
    readOnly: body.read_only ?? undefined,
  };
}
