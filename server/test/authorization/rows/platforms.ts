import { randomUUID } from "node:crypto";
import {
  call,
  createMaintenanceWindow,
  deleteMaintenanceWindow,
  deletePlatform,
  getManagedPlatform,
  getPlatform,
  getPlatformAvailability,
  getPlatformPerfs,
  getPlatformProcessor,
  listAllPlatforms,
  listMaintenanceWindows,
  listPlatformMaintenance,
  listPlatforms,
  listPublicPlatforms,
  registerPlatform,
  replacePlatform,
  updateMaintenanceWindow,
  updatePlatform,
} from "@corbenic/protocol";
import { announcePlatform } from "../../../src/platforms/platform-store.ts";
import { adminsOnly, everybody, ownOfAccounts, type Reaches, type Row, row } from "../row.ts";
import type { Side, World } from "../world.ts";

const specs = { available_commands: ["probs"] };
const open = { start: "2099-01-01T00:00:00Z", end: "2099-01-01T01:00:00Z" };

/** A platform is its users' own, those who may use it; administrators who have logged in know of all. */
const readers: Reaches = { ...ownOfAccounts, Ad: "any" };
/** A platform is also that of its workers. */
const runners: Reaches = { ...adminsOnly, Wo: "own", Wx: "own" };

const named = (world: World, side: Side) => ({ params: { name: world.platform(side).name } });
const identified = (world: World, side: Side) => ({ params: { id: world.platform(side).id } });
const changing = (body: object) => (world: World, side: Side) => ({ ...identified(world, side), body });

/** A platform that nothing else is done with. */
async function fresh({ cloud }: World, side: Side) {
  if (side === "nobody") return { params: { id: randomUUID() } };
  const name = `sim:${randomUUID()}`;
  return { params: { id: await announcePlatform(cloud.database.pool, { name, type: "simulator", specs }) } };
}

/** A maintenance window that nothing else is done with. */
async function window(world: World, side: Side) {
  if (side === "nobody") return { params: { id: randomUUID() } };
  const token = await world.token("Ad");
  const target = { ...world.cloud.anonymous, token };
  const { id } = await call(createMaintenanceWindow, target, { ...identified(world, side), body: open });
  return { params: { id } };
}

export const rows: Row[] = [
  ...[
    getPlatform,
    getPlatformProcessor,
    getPlatformAvailability,
    getPlatformPerfs,
    listPlatformMaintenance,
  ].map((endpoint) => row(endpoint, readers, { about: named })),
  row(listPlatforms, ownOfAccounts),
  row(listPublicPlatforms, everybody),
  row(
    registerPlatform,
    { ...adminsOnly, Wo: "any" },
    { request: (world) => ({ body: { name: world.platform("owner").name, type: "simulator", specs } }) },
  ),
  row(listAllPlatforms, runners),
  row(getManagedPlatform, runners, { about: identified }),
  ...[updatePlatform, replacePlatform].map((endpoint) =>
    row(endpoint, runners, { about: changing({ perfs: { clock: 1 } }) }),
  ),
  row(deletePlatform, adminsOnly, { about: fresh }),
  row(listMaintenanceWindows, adminsOnly, { about: identified }),
  row(createMaintenanceWindow, adminsOnly, { about: changing(open) }),
  row(updateMaintenanceWindow, adminsOnly, {
    about: async (world, side) => ({ ...(await window(world, side)), body: { reason: "later" } }),
  }),
  row(deleteMaintenanceWindow, adminsOnly, { about: window }),
];
