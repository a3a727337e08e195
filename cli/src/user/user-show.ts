import { getSelf, getUser } from "@corbenic/sdk/endpoints";
import { cloudCommand, type JsonOption } from "../session/cloud-command.ts";
import { userIdOf } from "../session/find.ts";
import { printUser } from "./print-user.ts";

export const userShowCommand = () =>
  cloudCommand(
    "show",
    "show an account, or one's own",
    (command) => command.argument("[user]", "id or email"),
    async (session, user: string | undefined, { json }: JsonOption) => {
      const found =
        user === undefined
          ? await session.call(getSelf, {})
          : await session.call(getUser, { params: { id: await userIdOf(session, user) } });
      await printUser(session, found, json);
    },
  );
