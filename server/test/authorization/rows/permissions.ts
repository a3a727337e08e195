import { grantPermission, listPermissions, putPermission, withdrawPermission } from "@corbenic/protocol";
import { adminsOnly, ownOfAccounts, type Row, row } from "../row.ts";
import { absentId, type Side, type World } from "../world.ts";

const pair = (permitted: boolean) => async (world: World, side: Side) => ({
  user_id: side === "nobody" ? absentId : (await world.cloud.addAccount({ permitted })).userId,
  platform_id: world.cloud.platformId,
});

export const rows: Row[] = [
  row(listPermissions, ownOfAccounts),
  ...[grantPermission, putPermission].map((endpoint) =>
    row(endpoint, adminsOnly, {
      about: async (world, side) => ({ body: await pair(false)(world, side) }),
    }),
  ),
  row(withdrawPermission, adminsOnly, {
    about: async (world, side) => ({ query: await pair(true)(world, side) }),
  }),
];
