import { createCompany } from "@corbenic/sdk/endpoints";
import { printDone } from "../print/print-fields.ts";
import { cloudCommand, type JsonOption } from "../session/cloud-command.ts";
import { share } from "./share.ts";

export const companyCreateCommand = () =>
  cloudCommand(
    "create",
    "create a company",
    (command) =>
      command
        .argument("<name>")
        .option("--share <weight>", "its weight where companies share a platform", share, 1),
    async (session, name: string, options: JsonOption & { share: number }) => {
      const company = await session.call(createCompany, { body: { name, share: options.share } });
      printDone(
        company,
        options.json,
        `Created company ${company.company_id}, ${company.name}, share ${company.share}.`,
      );
    },
  );
