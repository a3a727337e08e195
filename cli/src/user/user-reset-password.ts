import { offerPasswordReset } from "@corbenic/sdk/endpoints";
import { moment } from "../print/moment.ts";
import { printDone } from "../print/print-fields.ts";
import { cloudCommand, type JsonOption } from "../session/cloud-command.ts";
import { userIdOf } from "../session/find.ts";

export const userResetPasswordCommand = () =>
  cloudCommand(
    "reset-password",
    "draw a secret with which somebody sets a new password",
    (command) => command.argument("<user>", "id or email"),
    async (session, user: string, { json }: JsonOption) => {
      const id = await userIdOf(session, user);
      const offer = await session.call(offerPasswordReset, { params: { id } });
      printDone(
        offer,
        json,
        `Hand this to ${user}; it is good once, until ${moment(offer.expires_at)}: ${offer.secret}`,
      );
    },
  );
