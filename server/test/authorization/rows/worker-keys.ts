import {
  bindWorkerKey,
  createWorkerKey,
  deleteWorkerKey,
  getWorkerKey,
  listWorkerKeys,
  listWorkers,
  rotateOwnWorkerKey,
  rotateWorkerKey,
} from "@corbenic/protocol";
import { issueCredential } from "../../../src/credentials/credentials.ts";
import { adminsOnly, ownOfWorkers, type Row, row } from "../row.ts";
import { absentId, type Side, type World } from "../world.ts";

const fresh = async (world: World, side: Side) => {
  if (side === "nobody") return { params: { id: absentId } };
  const { userId } = world.admin;
  return {
    params: { id: (await issueCredential(world.cloud.database.pool, { kind: "worker", userId })).id },
  };
};
const withBody = (body: object) => async (world: World, side: Side) => ({
  ...(await fresh(world, side)),
  body,
});

export const rows: Row[] = [
  row(createWorkerKey, adminsOnly, { request: () => ({ body: { label: "bench" } }) }),
  row(listWorkerKeys, adminsOnly),
  row(listWorkers, adminsOnly),
  row(getWorkerKey, adminsOnly, { about: fresh }),
  row(bindWorkerKey, adminsOnly, { about: withBody({ platform_ids: [] }) }),
  row(deleteWorkerKey, adminsOnly, { about: fresh }),
  row(rotateWorkerKey, adminsOnly, { about: withBody({}) }),
  row(rotateOwnWorkerKey, ownOfWorkers, { request: () => ({ body: {} }) }),
];
