import {
  addMember,
  createCompany,
  deleteCompany,
  getCompany,
  listCompanies,
  listMembers,
  removeMember,
  updateCompany,
} from "@corbenic/protocol";
import { insertCompany } from "../../../src/companies/company-store.ts";
import { adminsOnly, type Row, row } from "../row.ts";
import { absentId, type Side, type World } from "../world.ts";

async function fresh(world: World, side: Side): Promise<number> {
  if (side === "nobody") return absentId;
  return insertCompany(world.cloud.database.pool, crypto.randomUUID(), 1);
}
const inPath = async (world: World, side: Side) => ({ params: { id: await fresh(world, side) } });

const withAccount = (isMember: boolean) => async (world: World, side: Side) => {
  const id = await fresh(world, side);
  const { userId } = await world.cloud.addAccount();
  if (isMember && side !== "nobody") {
    await world.cloud.database.pool.query("update users set company_id = $2 where id = $1", [userId, id]);
  }
  return { params: { id, user_id: userId } };
};

export const rows: Row[] = [
  row(createCompany, adminsOnly, { request: () => ({ body: { name: crypto.randomUUID() } }) }),
  row(listCompanies, adminsOnly),
  row(getCompany, adminsOnly, { about: inPath }),
  row(updateCompany, adminsOnly, {
    about: async (world, side) => ({ ...(await inPath(world, side)), body: { share: 2 } }),
  }),
  row(deleteCompany, adminsOnly, { about: inPath }),
  row(listMembers, adminsOnly, { about: inPath }),
  row(addMember, adminsOnly, { about: withAccount(false) }),
  row(removeMember, adminsOnly, { about: withAccount(true) }),
];
