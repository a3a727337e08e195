import * as protocol from "@corbenic/protocol";
import { issueCredential } from "../../../src/credentials/credentials.ts";
import { drawSecret } from "../../../src/credentials/secret.ts";
import { ownOfLogins, ownOfLoginsOrAdmin, type Reaches, type Row, row } from "../row.ts";
import { absentId, type Side, type World } from "../world.ts";

/** A job token of the side's account that nothing else is done with. */
async function fresh(world: World, side: Side): Promise<{ id: number; secret: string }> {
  if (side === "nobody") return { id: absentId, secret: drawSecret("job") };
  const { userId } = world.account(side);
  return issueCredential(world.cloud.database.pool, { kind: "job", userId, durationS: 3600 });
}

const inPath = async (world: World, side: Side) => ({ params: { token_id: (await fresh(world, side)).id } });
const byKey = async (world: World, side: Side) => ({ body: { token: (await fresh(world, side)).secret } });

/** A job token reaches itself alone: not the other tokens of its account. */
const withTokens = (refusal: number): Reaches => ({
  ...ownOfLoginsOrAdmin,
  Jo: refusal,
  Jx: refusal,
  Aj: refusal,
});

export const rows: Row[] = [
  ...[protocol.generateToken, protocol.generateTokenAuth, protocol.generateTokenOld].map((endpoint) =>
    row(endpoint, ownOfLogins, {
      about: (world, side) => ({
        body: { user_id: side === "nobody" ? absentId : world.account(side).userId },
      }),
      missing: 403,
    }),
  ),
  ...[protocol.listTokens, protocol.listTokensAuth].map((endpoint) =>
    row(endpoint, ownOfLoginsOrAdmin, {
      about: (world, side) => ({
        query: { user_id: side === "nobody" ? absentId : world.account(side).userId },
      }),
      missing: (principal) => (principal === "Ad" ? 404 : 403),
    }),
  ),
  ...[protocol.getToken, protocol.getTokenAuth, protocol.getTokenOld].map((endpoint) =>
    row(endpoint, withTokens(404), { about: inPath }),
  ),
  ...[protocol.updateToken, protocol.updateTokenAuth].map((endpoint) =>
    row(endpoint, ownOfLogins, {
      about: async (world, side) => ({ ...(await inPath(world, side)), body: { priority: 1 } }),
    }),
  ),
  ...[protocol.revokeToken, protocol.revokeTokenAuth, protocol.revokeTokenOld].map((endpoint) =>
    row(endpoint, withTokens(400), { about: byKey, missing: 400 }),
  ),
  ...[protocol.reopenToken, protocol.reopenTokenAuth].map((endpoint) =>
    row(endpoint, ownOfLogins, { about: byKey, missing: 400 }),
  ),
  ...[protocol.deleteTokensByIds, protocol.deleteTokensByIdsAuth].map((endpoint) =>
    row(endpoint, ownOfLoginsOrAdmin, {
      about: async (world, side) => ({ body: { token_ids: [(await fresh(world, side)).id] } }),
      missing: 400,
    }),
  ),
  ...[protocol.deleteTokensByKeys, protocol.deleteTokensByKeysAuth, protocol.deleteTokensByKeysOld].map(
    (endpoint) =>
      row(endpoint, ownOfLoginsOrAdmin, {
        about: async (world, side) => ({ body: { tokens: [(await fresh(world, side)).secret] } }),
        missing: 400,
      }),
  ),
  row(protocol.getTokenUsage, withTokens(400), {
    about: async (world, side) => ({ query: { token_ids: (await fresh(world, side)).id } }),
    missing: 400,
  }),
];
