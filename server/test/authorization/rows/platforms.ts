import { getPlatform, getPlatformProcessor } from "@corbenic/protocol";
import { ownOfAccounts, type Row, row } from "../row.ts";
import type { Side, World } from "../world.ts";

/** A platform is its users' own: those who may use it. */
const named = (world: World, side: Side) => ({ params: { name: world.platform(side).name } });

export const rows: Row[] = [
  row(getPlatform, ownOfAccounts, { about: named }),
  row(getPlatformProcessor, ownOfAccounts, { about: named }),
];
