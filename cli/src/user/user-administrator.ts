import { setAdministrator } from "@corbenic/sdk/endpoints";
import { cloudCommand, type JsonOption } from "../session/cloud-command.ts";
import { userIdOf } from "../session/find.ts";
import { printUser } from "./print-user.ts";

const changing = (name: string, description: string, isAdmin: boolean) =>
  cloudCommand(
    name,
    description,
    (command) => command.argument("<user>", "id or email"),
    async (session, user: string, { json }: JsonOption) => {
      const id = await userIdOf(session, user);
      await printUser(
        session,
        await session.call(setAdministrator, { params: { id }, body: { is_admin: isAdmin } }),
        json,
      );
    },
  );

export const userPromoteCommand = () => changing("promote", "grant the rights of an administrator", true);
export const userDemoteCommand = () => changing("demote", "withdraw the rights of an administrator", false);
