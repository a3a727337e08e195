import { deletePlatform } from "@corbenic/sdk/endpoints";
import { printDone } from "../print/print-fields.ts";
import { cloudCommand, type JsonOption } from "../session/cloud-command.ts";
import { platformIdOf } from "../session/find.ts";

export const platformDeleteCommand = () =>
  cloudCommand(
    "delete",
    "delete a platform: its waiting jobs end in error, jobs and results stay",
    (command) => command.argument("<platform>", "name or id"),
    async (session, name: string, { json }: JsonOption) => {
      const answer = await session.call(deletePlatform, {
        params: { id: await platformIdOf(session, name) },
      });
      printDone(answer, json, `Deleted ${name}: ${answer.jobs_ended} waiting jobs ended in error.`);
    },
  );
