import { deleteUser } from "@corbenic/sdk/endpoints";
import { printDone } from "../print/print-fields.ts";
import { cloudCommand, type JsonOption } from "../session/cloud-command.ts";
import { userIdOf } from "../session/find.ts";

export const userDeleteCommand = () =>
  cloudCommand(
    "delete",
    "delete an account: its credentials end and its jobs are canceled, what it did is kept",
    (command) => command.argument("<user>", "id or email"),
    async (session, user: string, { json }: JsonOption) => {
      const answer = await session.call(deleteUser, { params: { id: await userIdOf(session, user) } });
      printDone(
        answer,
        json,
        `Deleted ${user}: ${answer.jobs_canceled} jobs canceled, ${answer.credentials_revoked} credentials revoked.`,
      );
    },
  );
