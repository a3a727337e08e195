import { Api } from "@corbenic/sdk";
import { logIn } from "@corbenic/sdk/endpoints";
import { moment } from "./print/moment.ts";
import { printDone } from "./print/print-fields.ts";
import { readPassword } from "./read-password.ts";
import { cloudCommand, type JsonOption } from "./session/cloud-command.ts";

export const loginCommand = () =>
  cloudCommand(
    "login",
    "log in with email and password, and keep the login token for later commands",
    (command) =>
      command
        .argument("<email>", "the account's email")
        .option("--password-stdin", "read the password from standard input", false),
    async (session, email: string, { json, passwordStdin }: JsonOption & { passwordStdin: boolean }) => {
      const password = await readPassword(`Password of ${email}`, passwordStdin);
      const body = { email, password };
      const answer = await new Api(session.context, logIn.path).call(logIn, undefined, { body });
      session.logins.keep(session.url, { email, token: answer.token });
      const { token: _, ...shown } = answer;
      printDone(shown, json, `Logged in to ${session.url} as ${email}, until ${moment(answer.expires_at)}.`);
    },
  );
