import {
  createUser,
  deleteUser,
  deleteUserOld,
  getSelf,
  getUser,
  getUserOld,
  listUsers,
  putUser,
  putUserOld,
  setAdministrator,
  updateSelf,
  updateUser,
  updateUserOld,
} from "@corbenic/protocol";
import { adminsOnly, ownOfLogins, type Row, row } from "../row.ts";
import { absentId, type Side, type World } from "../world.ts";

/** An account that nothing else is done with. */
const fresh = async (world: World, side: Side) => ({
  params: { id: side === "nobody" ? absentId : (await world.cloud.addAccount()).userId },
});
const changed = (body: object) => async (world: World, side: Side) => ({
  ...(await fresh(world, side)),
  body,
});

export const rows: Row[] = [
  row(createUser, adminsOnly, { request: () => ({ body: { email: `${crypto.randomUUID()}@test` } }) }),
  row(listUsers, adminsOnly),
  ...[getUser, getUserOld].map((endpoint) => row(endpoint, adminsOnly, { about: fresh })),
  ...[updateUser, putUser, updateUserOld, putUserOld].map((endpoint) =>
    row(endpoint, adminsOnly, { about: changed({ first_name: "Ada", enabled: false }) }),
  ),
  ...[deleteUser, deleteUserOld].map((endpoint) => row(endpoint, adminsOnly, { about: fresh })),
  row(setAdministrator, adminsOnly, { about: changed({ is_admin: true }) }),
  row(getSelf, ownOfLogins),
  row(updateSelf, ownOfLogins, { request: () => ({ body: { first_name: "Ada" } }) }),
];
