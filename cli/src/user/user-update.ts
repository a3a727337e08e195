import { updateUser } from "@corbenic/sdk/endpoints";
import { UsageError } from "../exit-codes.ts";
import { cloudCommand, type JsonOption } from "../session/cloud-command.ts";
import { companyIdOf, userIdOf } from "../session/find.ts";
import { printUser } from "./print-user.ts";
import { priority } from "./priority.ts";

interface Options extends JsonOption {
  readonly email?: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly priority?: number;
  readonly company?: string | false;
  readonly enable?: true;
  readonly disable?: true;
}

export const userUpdateCommand = () =>
  cloudCommand(
    "update",
    "change an account",
    (command) =>
      command
        .argument("<user>", "id or email")
        .option("--email <email>")
        .option("--first-name <name>")
        .option("--last-name <name>")
        .option("--priority <number>", "0 to 10", priority)
        .option("--company <company>", "id or name")
        .option("--no-company", "take it out of its company")
        .option("--enable", "let it be used again")
        .option("--disable", "stop its credentials at once, and suspend its waiting jobs"),
    async (session, user: string, options: Options) => {
      if (options.enable && options.disable) throw new UsageError("Give --enable or --disable, not both.");
      const body = {
        ...(options.email === undefined ? {} : { email: options.email }),
        ...(options.firstName === undefined ? {} : { first_name: options.firstName }),
        ...(options.lastName === undefined ? {} : { last_name: options.lastName }),
        ...(options.priority === undefined ? {} : { priority: options.priority }),
        ...(options.company === false ? { company_id: null } : {}),
        ...(typeof options.company === "string"
          ? { company_id: await companyIdOf(session, options.company) }
          : {}),
        ...(options.enable ? { enabled: true } : options.disable ? { enabled: false } : {}),
      };
      if (Object.keys(body).length === 0)
        throw new UsageError("Say what to change: see corbenic user update --help.");
      const id = await userIdOf(session, user);
      await printUser(session, await session.call(updateUser, { params: { id }, body }), options.json);
    },
  );
