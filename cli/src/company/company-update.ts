import { updateCompany } from "@corbenic/sdk/endpoints";
import { UsageError } from "../exit-codes.ts";
import { printDone } from "../print/print-fields.ts";
import { cloudCommand, type JsonOption } from "../session/cloud-command.ts";
import { companyIdOf } from "../session/find.ts";
import { share } from "./share.ts";

export const companyUpdateCommand = () =>
  cloudCommand(
    "update",
    "change a company's name or share",
    (command) =>
      command
        .argument("<company>", "id or name")
        .option("--name <name>", "its new name")
        .option("--share <weight>", "its weight where companies share a platform", share),
    async (session, company: string, options: JsonOption & { name?: string; share?: number }) => {
      const body = {
        ...(options.name === undefined ? {} : { name: options.name }),
        ...(options.share === undefined ? {} : { share: options.share }),
      };
      if (Object.keys(body).length === 0) throw new UsageError("Say what to change: --name or --share.");
      const id = await companyIdOf(session, company);
      const changed = await session.call(updateCompany, { params: { id }, body });
      printDone(
        changed,
        options.json,
        `Company ${changed.company_id} is ${changed.name}, share ${changed.share}.`,
      );
    },
  );
