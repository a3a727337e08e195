import { deleteCompany } from "@corbenic/sdk/endpoints";
import { printDone } from "../print/print-fields.ts";
import { cloudCommand, type JsonOption } from "../session/cloud-command.ts";
import { companyIdOf } from "../session/find.ts";

export const companyDeleteCommand = () =>
  cloudCommand(
    "delete",
    "delete a company that has no members",
    (command) => command.argument("<company>", "id or name"),
    async (session, company: string, { json }: JsonOption) => {
      const id = await companyIdOf(session, company);
      printDone(await session.call(deleteCompany, { params: { id } }), json, `Deleted company ${company}.`);
    },
  );
