import { grantPermission } from "@corbenic/sdk/endpoints";
import { printDone } from "../print/print-fields.ts";
import { cloudCommand, type JsonOption } from "../session/cloud-command.ts";
import { platformIdOf, userIdOf } from "../session/find.ts";

export const permissionGrantCommand = () =>
  cloudCommand(
    "grant",
    "let an account use a platform",
    (command) => command.argument("<user>", "id or email").argument("<platform>", "name or id"),
    async (session, user: string, platform: string, { json }: JsonOption) => {
      const body = {
        user_id: await userIdOf(session, user),
        platform_id: await platformIdOf(session, platform),
      };
      printDone(await session.call(grantPermission, { body }), json, `${user} may use ${platform}.`);
    },
  );
