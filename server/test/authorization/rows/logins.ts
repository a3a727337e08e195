import { bootstrap, logIn, logOut, offerPasswordReset, resetPassword } from "@corbenic/protocol";
import { offerSecret } from "../../../src/credentials/one-time-secret.ts";
import { hashPassword } from "../../../src/users/password.ts";
import { adminsOnly, everybody, ownOfLogins, type Row, row } from "../row.ts";
import { absentId, type World } from "../world.ts";

const password = "veryFineGlass-of-2-colours";
const passwordHash = hashPassword(password);

export async function withPassword(world: World) {
  const { userId, email } = await world.cloud.addAccount();
  await world.cloud.database.pool.query("update users set password_hash = $2 where id = $1", [
    userId,
    await passwordHash,
  ]);
  return { body: { email, password } };
}

const secretFor = async (world: World, purpose: "bootstrap" | "password_reset") => {
  const userId = purpose === "bootstrap" ? null : (await world.cloud.addAccount()).userId;
  return (await offerSecret(world.cloud.database.pool, purpose, userId)).secret;
};

export const rows: Row[] = [
  row(logIn, everybody, { request: withPassword }),
  row(logOut, ownOfLogins),
  row(offerPasswordReset, adminsOnly, {
    about: async (world, side) => ({
      params: { id: side === "nobody" ? absentId : (await world.cloud.addAccount()).userId },
    }),
  }),
  row(resetPassword, everybody, {
    request: async (world) => ({ body: { secret: await secretFor(world, "password_reset"), password } }),
  }),
  row(bootstrap, everybody, {
    request: async (world) => ({
      body: {
        secret: await secretFor(world, "bootstrap"),
        email: `${crypto.randomUUID()}@test`,
        password,
      },
    }),
  }),
];
