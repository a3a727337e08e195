import { createUser } from "@corbenic/sdk/endpoints";
import { printDone } from "../print/print-fields.ts";
import { cloudCommand, type JsonOption } from "../session/cloud-command.ts";
import { companyIdOf, platformIdOf } from "../session/find.ts";
import { priority } from "./priority.ts";

interface Options extends JsonOption {
  readonly firstName?: string;
  readonly lastName?: string;
  readonly priority?: number;
  readonly company?: string;
  readonly platform: readonly string[];
}

export const userCreateCommand = () =>
  cloudCommand(
    "create",
    "create an account; its password is drawn, and shown this once",
    (command) =>
      command
        .argument("<email>")
        .option("--first-name <name>")
        .option("--last-name <name>")
        .option("--priority <number>", "0 to 10; jobs of a higher priority run first", priority)
        .option("--company <company>", "id or name")
        .option("--platform <platform...>", "names or ids of the platforms it may use", []),
    async (session, email: string, options: Options) => {
      const { firstName, lastName, company } = options;
      const platformIds: string[] = [];
      for (const platform of options.platform) platformIds.push(await platformIdOf(session, platform));
      const user = await session.call(createUser, {
        body: {
          email,
          platform_ids: platformIds,
          ...(firstName === undefined ? {} : { first_name: firstName }),
          ...(lastName === undefined ? {} : { last_name: lastName }),
          ...(options.priority === undefined ? {} : { priority: options.priority }),
          ...(company === undefined ? {} : { company_id: await companyIdOf(session, company) }),
        },
      });
      printDone(
        user,
        options.json,
        `Created user ${user.user_id}, ${user.email}. The password, shown this once: ${user.password}`,
      );
    },
  );
