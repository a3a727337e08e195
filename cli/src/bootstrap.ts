import { Api } from "@corbenic/sdk";
import { bootstrap } from "@corbenic/sdk/endpoints";
import { printDone } from "./print/print-fields.ts";
import { readPassword } from "./read-password.ts";
import { cloudCommand, type JsonOption } from "./session/cloud-command.ts";

export const bootstrapCommand = () =>
  cloudCommand(
    "bootstrap",
    "make the first administrator, with the secret that `corbenic serve` printed",
    (command) =>
      command
        .argument("<secret>")
        .argument("<email>", "the administrator's email")
        .option("--password-stdin", "read the password from standard input", false),
    async (
      session,
      secret: string,
      email: string,
      { json, passwordStdin }: JsonOption & { passwordStdin: boolean },
    ) => {
      const body = { secret, email, password: await readPassword(`New password of ${email}`, passwordStdin) };
      const answer = await new Api(session.context, bootstrap.path).call(bootstrap, undefined, { body });
      printDone(
        answer,
        json,
        `${answer.email} is the administrator of ${session.url}: log in with \`corbenic login\`.`,
      );
    },
  );
