import { CloudError } from "@corbenic/sdk";
import { logOut } from "@corbenic/sdk/endpoints";
import { printDone } from "./print/print-fields.ts";
import { cloudCommand, type JsonOption } from "./session/cloud-command.ts";

export const logoutCommand = () =>
  cloudCommand(
    "logout",
    "end the login that is kept, in the cloud and here",
    (command) => command,
    async (session, { json }: JsonOption) => {
      try {
        await session.call(logOut, {});
      } catch (error) {
        // A login that has ended by itself is what was asked for.
        if (!(error instanceof CloudError && error.code === "not_authenticated")) throw error;
      }
      session.logins.forget(session.url);
      printDone({ url: session.url }, json, `Logged out of ${session.url}.`);
    },
  );
