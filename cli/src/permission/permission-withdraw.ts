import { withdrawPermission } from "@corbenic/sdk/endpoints";
import { printDone } from "../print/print-fields.ts";
import { cloudCommand, type JsonOption } from "../session/cloud-command.ts";
import { platformIdOf, userIdOf } from "../session/find.ts";

export const permissionWithdrawCommand = () =>
  cloudCommand(
    "withdraw",
    "no longer let an account use a platform, from its next request on",
    (command) => command.argument("<user>", "id or email").argument("<platform>", "name or id"),
    async (session, user: string, platform: string, { json }: JsonOption) => {
      const query = {
        user_id: await userIdOf(session, user),
        platform_id: await platformIdOf(session, platform),
      };
      printDone(
        await session.call(withdrawPermission, { query }),
        json,
        `${user} may not use ${platform} any more.`,
      );
    },
  );
